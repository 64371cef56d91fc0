package dev.ossresilience.examples.stage;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** A progress bar on a terminal; nothing elsewhere. Thread-safe. */
public final class ProgressBar {
  private static final int WIDTH = 24;

  private final PrintWriter out;
  private final boolean terminal;
  private int shownPermille = -1;

  public ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Draws it anew if it has changed; never back. */
  public synchronized void show(long done, long total, Supplier<String> words) {
    int permille = (int) (done * 1000 / Math.max(1, total));
    if (!terminal || permille <= shownPermille) {
      return;
    }
    shownPermille = permille;
    int filled = permille * WIDTH / 1000;
    out.print(String.format(Locale.ROOT, "\r[%s%s] %5.1f %% %s\u001b[K", "#".repeat(filled), ".".repeat(WIDTH - filled), permille / 10.0, words.get()));
    out.flush();
  }

  /** Leaves the last state standing. */
  public synchronized void end() {
    if (shownPermille >= 0) {
      out.println();
    }
  }
}
