package dev.ossresilience.policy;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How often and how long one call may be tried. Immutable.
 *
 * @param maxAttempts how often the request may be sent in all, at least 1
 * @param totalTimeout from the first attempt's start; no attempt or wait begins after it, positive
 * @param transientBackoff after server and transport failures
 * @param throttledBackoff after OSS asked for less
 * @param maxHint how much longer than the backoff a server's {@code Retry-After} may make a wait; not negative, at most one day
 */
public record RetryPolicy(int maxAttempts, Duration totalTimeout, Backoff transientBackoff, Backoff throttledBackoff, Duration maxHint) {
  /** OSS limits are counted per second and more, so hurrying back within milliseconds can't help. */
  private static final Duration CAP = Duration.ofSeconds(20);

  public RetryPolicy {
    Objects.requireNonNull(transientBackoff, "transientBackoff");
    Objects.requireNonNull(throttledBackoff, "throttledBackoff");
    if (maxHint.isNegative() || maxHint.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("maxHint " + maxHint + " must be between zero (hints are ignored) and one day");
    }
    if (maxAttempts < 1 || maxAttempts > 1000) {
      throw new IllegalArgumentException("maxAttempts " + maxAttempts + " must be between 1 (no retry) and 1000");
    }
    if (totalTimeout.isZero() || totalTimeout.isNegative() || totalTimeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("totalTimeout " + totalTimeout + " must be positive and at most one day");
    }
  }

  /** The delay after a failure, given what the server asked for: never less than {@code backoff}. */
  public Duration hinted(Duration backoff, @Nullable Duration hint) {
    if (hint == null || hint.compareTo(backoff) <= 0) {
      return backoff;
    }
    Duration most = backoff.plus(maxHint);
    return hint.compareTo(most) < 0 ? hint : most;
  }

  /** 5 attempts within 60 s; full jitter from 50 ms, from 1 s when throttled, up to 20 s. */
  public static RetryPolicy defaults() {
    return builder().build();
  }

  /**
   * What the AWS SDKs' standard mode of 2026 does: 3 attempts, the same backoff, a server's hint for at most 5 s more. To be used with
   * {@link dev.ossresilience.load.RetryBudget#aws2026}.
   */
  public static RetryPolicy aws2026() {
    return builder().maxAttempts(3).maxHint(Duration.ofSeconds(5)).build();
  }

  /** Starts from {@link #defaults}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Not thread-safe. */
  public static final class Builder {
    private int maxAttempts = 5;
    private Duration totalTimeout = Duration.ofSeconds(60);
    private Backoff transientBackoff = Backoff.exponential(Duration.ofMillis(50), CAP);
    private Backoff throttledBackoff = Backoff.exponential(Duration.ofSeconds(1), CAP);

    private Duration maxHint = Duration.ofDays(1);

    private Builder() {}

    /** Between 1 and 1000. */
    public Builder maxAttempts(int maxAttempts) {
      this.maxAttempts = maxAttempts;
      return this;
    }

    /** Positive, at most one day. */
    public Builder totalTimeout(Duration totalTimeout) {
      this.totalTimeout = Objects.requireNonNull(totalTimeout, "totalTimeout");
      return this;
    }

    /** After server and transport failures. */
    public Builder transientBackoff(Backoff backoff) {
      this.transientBackoff = backoff;
      return this;
    }

    /** After OSS asked for less. */
    public Builder throttledBackoff(Backoff backoff) {
      this.throttledBackoff = backoff;
      return this;
    }

    /**
     * How much longer than the backoff a server's {@code Retry-After} may make a wait, from zero to one day, which is the default: a wait
     * beyond the total timeout isn't begun anyway, the call fails at once.
     */
    public Builder maxHint(Duration maxHint) {
      this.maxHint = Objects.requireNonNull(maxHint, "maxHint");
      return this;
    }

    /**
     * The policy.
     *
     * @throws IllegalArgumentException if a setting is out of its range; the message names it
     */
    public RetryPolicy build() {
      return new RetryPolicy(maxAttempts, totalTimeout, transientBackoff, throttledBackoff, maxHint);
    }
  }
}
