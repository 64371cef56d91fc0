package dev.ossresilience.policy;

import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after the n-th failure. Immutable.
 *
 * @param base the first delay before jitter; not negative, and zero only if the cap is too
 * @param cap the longest of all delays before jitter, from {@code base} to one day
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and jitter</a>
 */
public record Backoff(Duration base, Duration cap, Jitter jitter) {
  /** Enough to take the edge off what comes back; OSS's limits are counted by the second. */
  private static final Duration LONGEST_SPREAD = Duration.ofSeconds(3);

  /** How delays are spread, so that clients that failed together don't come back together. */
  public enum Jitter {
    /** Anything from nothing to the delay: the widest spread. */
    FULL,
    /** Half of the delay and a random part of the other half: never at once. */
    EQUAL,
    /** Anything from the base to three times the delay before: grows by chance, and needs no count. */
    DECORRELATED,
    /** The delay as it is: for tests, and where something else spreads the calls. */
    NONE
  }

  public Backoff {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(cap, "cap");
    Objects.requireNonNull(jitter, "jitter");
    if (base.isNegative() || (base.isZero() && !cap.isZero())) {
      throw new IllegalArgumentException("backoff base " + base + " must be positive, for example 50 ms; Backoff.none() is for no delay at all");
    }
    if (cap.compareTo(base) < 0 || cap.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("backoff cap " + cap + " must be between the base " + base + " and one day");
    }
  }

  /** Doubling from {@code base} up to {@code cap}, then a uniformly random part of that. */
  public static Backoff exponential(Duration base, Duration cap) {
    return new Backoff(base, cap, Jitter.FULL);
  }

  /** Always the same, without jitter. */
  public static Backoff fixed(Duration delay) {
    return new Backoff(delay, delay, Jitter.NONE);
  }

  /** At once. */
  public static Backoff none() {
    return fixed(Duration.ZERO);
  }

  /** The same delays spread in another way. */
  public Backoff withJitter(Jitter jitter) {
    return new Backoff(base, cap, jitter);
  }

  /**
   * The least delay after a failure that took long: random, so that what a server kept waiting, and what ran into its timeouts at the same
   * time, doesn't come again at the same time. Zero without jitter.
   *
   * @param took from sending to the failure, not negative
   * @param random gives numbers in [0, 1)
   */
  public Duration spread(Duration took, DoubleSupplier random) {
    if (jitter == Jitter.NONE) {
      return Duration.ZERO;
    }
    double most = Math.min(3.0 * took.toNanos(), (double) Math.min(LONGEST_SPREAD.toNanos(), cap.toNanos()));
    return Duration.ofNanos((long) (most * random.getAsDouble()));
  }

  /**
   * The delay after a failure.
   *
   * @param failure 1 for the first
   * @param previous the delay after the failure before; zero after the first
   * @param random gives numbers in [0, 1)
   */
  public Duration delay(int failure, Duration previous, DoubleSupplier random) {
    // Beyond 62 doublings a nanosecond is more than the longest cap.
    double ceiling = Math.min((double) cap.toNanos(), base.toNanos() * Math.pow(2, Math.min(62, Math.max(0, failure - 1))));
    double nanos =
        switch (jitter) {
          case FULL -> ceiling * random.getAsDouble();
          case EQUAL -> ceiling / 2 + ceiling / 2 * random.getAsDouble();
          case DECORRELATED -> {
            double most = Math.max((double) base.toNanos(), 3.0 * previous.toNanos());
            yield Math.min((double) cap.toNanos(), base.toNanos() + (most - base.toNanos()) * random.getAsDouble());
          }
          case NONE -> ceiling;
        };
    return Duration.ofNanos((long) nanos);
  }

  /**
   * The delay after a failure, cut to what is left of a total time, for who may begin something at its very end. {@link RetryPolicy} has no
   * use for that: no attempt begins at its deadline, and what would have to wait until then ends at once.
   *
   * @param elapsed since the beginning, not negative
   * @return null if nothing is left
   */
  public @Nullable Duration delayWithin(Duration total, Duration elapsed, int failure, Duration previous, DoubleSupplier random) {
    if (elapsed.isNegative()) {
      throw new IllegalArgumentException("elapsed " + elapsed + " must not be negative");
    }
    Duration left = total.minus(elapsed);
    if (left.isZero() || left.isNegative()) {
      return null;
    }
    Duration delay = delay(failure, previous, random);
    return delay.compareTo(left) < 0 ? delay : left;
  }
}
