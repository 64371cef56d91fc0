package dev.ossresilience.testkit.conformance;

import dev.ossresilience.testkit.ReceivedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Compares what is known of the server's clock with what had to be found out. */
record ClockComplaints(ConformanceCase.Clock expected) {
  /** OSS writes some times in whole seconds. */
  private static final Duration ROUNDED = Duration.ofSeconds(2);

  private static final DateTimeFormatter V4_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  List<String> all(@Nullable Duration measured, Duration offset, IntSupplier nextAttempts) {
    List<String> found = new ArrayList<>();
    if (expected.measured() != null && differs(expected.measured(), measured)) {
      found.add("measured clock skew: expected " + expected.measured() + ", but was " + measured);
    }
    if (expected.offset() != null && differs(expected.offset(), offset)) {
      found.add("the server's clock is taken to be ahead by " + offset + ", expected " + expected.offset());
    }
    if (expected.nextAttempts() != null) {
      int attempts = nextAttempts.getAsInt();
      if (attempts != expected.nextAttempts()) {
        found.add("attempts of the next call: expected " + expected.nextAttempts() + ", but was " + attempts);
      }
    }
    return found;
  }

  private static boolean differs(Duration expected, @Nullable Duration actual) {
    return actual == null || actual.minus(expected).abs().compareTo(ROUNDED) > 0;
  }

  /** A request that was waited with is signed for the time at which it is sent, not for that at which it could have been. */
  static List<String> ofDates(@Nullable Duration waited, List<ReceivedRequest> requests) {
    if (waited == null || requests.isEmpty()) {
      return List.of();
    }
    Duration apart = Duration.between(signedFor(requests.get(0)), signedFor(requests.get(requests.size() - 1)));
    boolean good = apart.plusSeconds(1).compareTo(waited) >= 0; // dates are in whole seconds
    return good ? List.of() : List.of("first and last request are signed for times only " + apart + " apart, after waits of " + waited);
  }

  private static Instant signedFor(ReceivedRequest request) {
    return V4_DATE.parse(request.headers().getOrDefault("x-oss-date", ""), Instant::from);
  }
}
