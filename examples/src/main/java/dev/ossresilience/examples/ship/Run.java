package dev.ossresilience.examples.ship;

import dev.ossresilience.examples.stage.ProgressBar;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Waterfall;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import okhttp3.Response;

/** One run of the shipper: ship, download, compare, tell. */
final class Run {
  private final PrintWriter out;
  private final boolean terminal;
  private final Destination destination;
  private final RecordFile file;
  private final Journal journal;
  private final Surroundings surroundings;

  Run(PrintWriter out, boolean terminal, Destination destination, RecordFile file, Journal journal, Surroundings surroundings) {
    this.out = out;
    this.terminal = terminal;
    this.destination = destination;
    this.file = file;
    this.journal = journal;
    this.surroundings = surroundings;
  }

  /** The exit status. */
  int execute() throws IOException, ShipException {
    long start = start();
    out.println("Shipping " + file.path() + " (" + file.bytes() + " bytes) to " + destination + " from position " + start);
    Shipper shipper = new Shipper(destination, new ProgressBar(out, terminal), surroundings::faults);
    shipper.ship(file);
    String shipped = counts(shipper);
    tellCalls();
    tellFailure(shipper);
    surroundings.settle();
    try {
      Comparison comparison = compare(start, shipper);
      boolean others = comparison.complete() && surroundings.areOthers(comparison.others());
      // Where the others' bytes are known they settle it; else a record of ours among them is one too many, or another's same words.
      boolean settled = others && surroundings.knowsOthers();
      int duplicated =
          settled ? 0 : comparison.countOursAmongOthers(file, shipper.acknowledged().size(), shipper.lastMayBeStored());
      tellComparison(comparison, duplicated, others, shipper.lastMayBeStored());
      boolean verified = shipper.failure().isEmpty() && comparison.lost() == 0 && duplicated == 0 && others;
      out.println(shipped + " lost=" + comparison.lost() + " duplicated=" + duplicated + " verified=" + verified);
      return verified ? 0 : 1;
    } catch (IOException | ShipException e) {
      out.println("Not verified, for the object could not be read back: " + e.getMessage());
      out.println(shipped + " lost=unknown duplicated=unknown verified=false");
      return 1;
    }
  }

  private long start() throws IOException, ShipException {
    try {
      return destination.end();
    } catch (IOException e) {
      throw ShipException.failed(destination + " can't be reached (" + e.getMessage() + "); " + nothingSent());
    } catch (ShipException e) {
      throw e.status() == 1 ? ShipException.failed(e.getMessage() + "; " + nothingSent()) : e;
    }
  }

  private String nothingSent() {
    return "nothing was sent. NOT acknowledged: records 1 to " + file.count();
  }

  private String counts(Shipper shipper) {
    long bytes = shipper.acknowledged().stream().mapToLong(Shipper.Acknowledged::length).sum();
    return String.format(
        Locale.ROOT,
        "RESULT records=%d bytes=%d attempts=%d faults=%d recovered=%d",
        shipper.acknowledged().size(), bytes, journal.attempts(), surroundings.faults(), journal.recovered());
  }

  private Comparison compare(long start, Shipper shipper) throws IOException, ShipException {
    if (destination.end() == start) {
      return new Comparison(shipper.acknowledged().size(), new byte[0], true);
    }
    try (Response download = destination.download(start)) {
      return Comparison.of(download.body().byteStream(), start, shipper.acknowledged());
    }
  }

  private void tellCalls() {
    List<ExchangeReport> eventful = journal.mostEventful();
    if (!eventful.isEmpty()) {
      out.println("The most eventful calls (# attempt, ? question to the server, . wait):");
      eventful.forEach(report -> out.print(Waterfall.text(report)));
    }
  }

  private void tellFailure(Shipper shipper) {
    if (shipper.failure().isEmpty()) {
      return;
    }
    int acknowledged = shipper.acknowledged().size();
    int all = file.count();
    out.println("Stopped: " + shipper.failure());
    out.println("Acknowledged: " + acknowledged + " of " + all + " records. NOT acknowledged: records " + (acknowledged + 1) + " to " + all + ".");
    String rest = shipper.lastMayBeStored() ? " may or may not be stored; those after it were not sent." : " and those after it are not stored.";
    out.println("Record " + (acknowledged + 1) + rest);
  }

  private void tellComparison(Comparison comparison, int duplicated, boolean others, boolean lastMayBeStored) {
    if (comparison.lost() > 0) {
      out.println(comparison.lost() + " acknowledged records are not where they were acknowledged for.");
    }
    if (duplicated > 0) {
      out.println(duplicated + " records are stored more than once.");
    }
    if (comparison.others().length > 0) {
      String doubt = lastMayBeStored ? " (or of the record that may be stored)." : ", and they are not what the others wrote.";
      out.println(comparison.others().length + " bytes of other writers lie between ours" + (others ? "." : doubt));
    }
  }
}
