package dev.ossresilience.benchmarks;

import java.io.PrintWriter;

/**
 * A progress bar on a terminal; nothing elsewhere.
 *
 * @param things what is counted, in the plural
 */
public record Progress(PrintWriter out, boolean terminal, String things) {
  private static final int WIDTH = 24;

  /** So much is done. */
  public void show(int done, int total) {
    if (terminal) {
      int filled = done * WIDTH / Math.max(1, total);
      out.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + " of " + total + " " + things + " \u001b[K");
      out.flush();
    }
  }

  /** Nothing more will be shown. */
  public void end() {
    if (terminal) {
      out.println();
    }
  }
}
