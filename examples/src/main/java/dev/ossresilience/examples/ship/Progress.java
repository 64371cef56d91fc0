package dev.ossresilience.examples.ship;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A progress bar on a terminal; nothing elsewhere. */
final class Progress {
  private static final int WIDTH = 24;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier faults;
  private int shownPermille = -1;

  Progress(PrintWriter out, boolean terminal, LongSupplier faults) {
    this.out = out;
    this.terminal = terminal;
    this.faults = faults;
  }

  void show(long done, long total, int records) {
    int permille = (int) (done * 1000 / Math.max(1, total));
    if (!terminal || permille == shownPermille) {
      return;
    }
    shownPermille = permille;
    int filled = permille * WIDTH / 1000;
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    out.print(String.format(Locale.ROOT, "\r[%s] %5.1f %% %d records, %d faults \u001b[K", bar, permille / 10.0, records, faults.getAsLong()));
    out.flush();
  }

  void end() {
    if (terminal && shownPermille >= 0) {
      out.println();
    }
  }
}
