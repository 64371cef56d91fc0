package dev.ossresilience.benchmarks.fleet.page;

import dev.ossresilience.testkit.fleet.Outcome;
import java.time.Duration;
import java.util.Locale;

/** The figures of one run, as they are written everywhere. */
record Figures(Outcome outcome) {
  static final String NEVER = "never";

  String success() {
    return String.format(Locale.ROOT, "%.1f %%", 100 * outcome.successRate());
  }

  String requests() {
    return String.format(Locale.ROOT, "%.2f", outcome.amplification());
  }

  String worst() {
    return String.format(Locale.ROOT, "%.2f", outcome.maxAmplification());
  }

  String recovery() {
    Duration recovery = outcome.recovery();
    return recovery == null ? NEVER : recovery.toSeconds() + " s";
  }

  String fairness() {
    return String.format(Locale.ROOT, "%.3f", outcome.fairness());
  }

  String latency(double part) {
    return seconds(outcome.latency(part));
  }

  private static String seconds(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    return String.format(Locale.ROOT, seconds < 0.1 ? "%.3f s" : seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }
}
