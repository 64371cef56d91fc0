package dev.ossresilience.examples.storm;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What came of the load in one manner.
 *
 * @param stored uploads, of each client
 * @param refused requests, for the limit
 * @param failed uploads that were given up
 * @param missing uploads that their client was told to be stored and that aren't
 * @param allowed how many requests OSS would have let pass in that time
 */
record Score(Manner manner, List<Integer> stored, int refused, int failed, int missing, double allowed) {
  /** Two lines, to be read with {@link #row}. */
  static final List<String> HEAD =
      List.of(
          "         uploads  of the  uploads  requests  refused     least and most",
          "          stored   limit   failed   refused  per upload  by one client");

  int total() {
    return stored.stream().mapToInt(Integer::intValue).sum();
  }

  /** A line under {@link #HEAD}. */
  String row() {
    double perUpload = (double) refused / Math.max(1, total());
    return String.format(
        Locale.ROOT, "  %-6s %7d %5.0f %% %8d %9d %11.2f  %d and %d",
        manner.label(), total(), 100 * total() / allowed, failed, refused, perUpload, Collections.min(stored), Collections.max(stored));
  }
}
