package dev.ossresilience.benchmarks.scorecard.page;

import java.util.Locale;

/** Figures as they are written in both pages. */
final class Words {
  private Words() {}

  static String seconds(long millis) {
    return String.format(Locale.ROOT, millis < 1000 ? "%.2f s" : "%.1f s", Math.max(10, millis) / 1000.0); // no call takes 0.00 s
  }

  static String requests(int count) {
    return count + " req";
  }
}
