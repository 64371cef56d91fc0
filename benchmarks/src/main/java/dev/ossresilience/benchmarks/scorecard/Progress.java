package dev.ossresilience.benchmarks.scorecard;

import java.io.PrintWriter;

/** A progress bar on a terminal; nothing elsewhere. */
record Progress(PrintWriter out, boolean terminal) {
  private static final int WIDTH = 24;

  void show(int done, int total) {
    if (terminal) {
      int filled = done * WIDTH / Math.max(1, total);
      out.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + " of " + total + " cells \u001b[K");
      out.flush();
    }
  }

  void end() {
    if (terminal) {
      out.println();
    }
  }
}
