package dev.ossresilience.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after the n-th failure: exponential with full jitter, the spread that keeps a fleet from coming back in step.
 *
 * @param base the longest first delay, positive
 * @param cap the longest of all delays, at least {@code base}
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and jitter</a>
 */
public record Backoff(Duration base, Duration cap) {
  public Backoff {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(cap, "cap");
    if (base.isZero() || base.isNegative()) {
      throw new IllegalArgumentException("backoff base " + base + " must be positive, for example 50 ms");
    }
    if (cap.compareTo(base) < 0 || cap.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("backoff cap " + cap + " must be between the base " + base + " and one day");
    }
  }

  /** Doubling from {@code base} up to {@code cap}, then a uniformly random part of that. */
  public static Backoff exponential(Duration base, Duration cap) {
    return new Backoff(base, cap);
  }

  /**
   * The delay after a failure.
   *
   * @param failure 1 for the first
   * @param random gives numbers in [0, 1)
   */
  public Duration delay(int failure, DoubleSupplier random) {
    double ceiling = Math.min((double) cap.toNanos(), base.toNanos() * Math.pow(2, Math.max(0, failure - 1)));
    return Duration.ofNanos((long) (ceiling * random.getAsDouble()));
  }
}
