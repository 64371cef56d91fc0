package dev.ossresilience.examples.ship;

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
    long start = destination.end();
    out.println("Shipping " + file.path() + " (" + file.bytes() + " bytes) to " + destination + " from position " + start);
    Shipper shipper = new Shipper(destination, new Progress(out, terminal, surroundings::faults));
    shipper.ship(file, start);
    long attempts = journal.attempts();
    long recovered = journal.recovered();
    List<ExchangeReport> eventful = journal.mostEventful();
    surroundings.settle();

    Comparison comparison = compare(start, shipper);
    boolean others = surroundings.areOthers(comparison.others());
    boolean verified = shipper.failure().isEmpty() && comparison.lost() == 0 && comparison.duplicated() == 0 && others;
    tell(eventful, shipper, comparison, others);
    long bytes = shipper.acknowledged().stream().mapToLong(Shipper.Acknowledged::length).sum();
    out.println(
        String.format(
            Locale.ROOT,
            "RESULT records=%d bytes=%d attempts=%d faults=%d recovered=%d lost=%d duplicated=%d verified=%b",
            shipper.acknowledged().size(), bytes, attempts, surroundings.faults(), recovered, comparison.lost(), comparison.duplicated(), verified));
    return verified ? 0 : 1;
  }

  private Comparison compare(long start, Shipper shipper) throws IOException, ShipException {
    if (destination.end() == start) {
      return new Comparison(shipper.acknowledged().size(), 0, new byte[0]);
    }
    try (Response download = destination.download(start)) {
      return Comparison.of(download.body().byteStream(), start, file, shipper.acknowledged(), shipper.lastMayBeStored());
    }
  }

  private void tell(List<ExchangeReport> eventful, Shipper shipper, Comparison comparison, boolean others) throws IOException {
    if (!eventful.isEmpty()) {
      out.println("The most eventful calls (# attempt, ? question to the server, . wait):");
      eventful.forEach(report -> out.print(Waterfall.text(report)));
    }
    int acknowledged = shipper.acknowledged().size();
    if (!shipper.failure().isEmpty()) {
      int all = file.count();
      out.println("Stopped: " + shipper.failure());
      out.println("Acknowledged: records 1 to " + acknowledged + " of " + all + " (0 means none). NOT acknowledged: records " + (acknowledged + 1) + " to " + all + ".");
      out.println("Record " + (acknowledged + 1) + (shipper.lastMayBeStored() ? " may or may not be stored; the others were not sent." : " and those after it are not stored."));
    }
    if (comparison.lost() > 0) {
      out.println(comparison.lost() + " acknowledged records are not where they were acknowledged for.");
    }
    if (comparison.duplicated() > 0) {
      out.println(comparison.duplicated() + " records are stored more than once.");
    }
    if (comparison.others().length > 0) {
      out.println(comparison.others().length + " bytes of other writers lie between ours" + (others ? "." : ", and they are not what the others wrote."));
    }
  }
}
