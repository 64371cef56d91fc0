package dev.ossresilience.testkit.cli;

import dev.ossresilience.testkit.Limits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that limit what clients may ask. */
final class LimitOptions {
  @Option(names = "--max-requests", paramLabel = "N", description = "Requests per second; more get 503 TotalQpsLimitExceeded.")
  private @Nullable Long requests;

  @Option(names = "--max-upload", paramLabel = "BYTES", description = "Bytes per second uploaded; see --slowing.")
  private @Nullable Long upload;

  @Option(names = "--max-download", paramLabel = "BYTES", description = "Bytes per second downloaded; see --slowing.")
  private @Nullable Long download;

  @Option(names = "--slowing", description = "Slow down what has too many bytes; without this it gets 503 *TrafficRateLimitExceeded.")
  private boolean slowing;

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException naming the one that is wrong
   */
  Limits limits() {
    Limits.Builder limits = Limits.builder();
    if (requests != null) {
      limits.requestsPerSecond(positive("--max-requests", requests));
    }
    if (upload != null) {
      limits.uploadBytesPerSecond(positive("--max-upload", upload));
    }
    if (download != null) {
      limits.downloadBytesPerSecond(positive("--max-download", download));
    }
    return slowing ? limits.slowing().build() : limits.build();
  }

  private static long positive(String option, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(option + " " + value + ": must be positive; leave it out for no limit");
    }
    return value;
  }
}
