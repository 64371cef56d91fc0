package dev.ossresilience.policy;

import java.time.Duration;
import java.util.Objects;

/**
 * How often and how long one call may be tried. Immutable.
 *
 * @param maxAttempts how often the request may be sent in all, at least 1
 * @param totalTimeout from the first attempt's start; no attempt or wait begins after it, positive
 * @param transientBackoff after server and transport failures
 * @param throttledBackoff after OSS asked for less
 */
public record RetryPolicy(int maxAttempts, Duration totalTimeout, Backoff transientBackoff, Backoff throttledBackoff) {
  /** OSS limits are counted per second and more, so hurrying back within milliseconds can't help. */
  private static final Duration CAP = Duration.ofSeconds(20);

  public RetryPolicy {
    Objects.requireNonNull(transientBackoff, "transientBackoff");
    Objects.requireNonNull(throttledBackoff, "throttledBackoff");
    if (maxAttempts < 1 || maxAttempts > 1000) {
      throw new IllegalArgumentException("maxAttempts " + maxAttempts + " must be between 1 (no retry) and 1000");
    }
    if (totalTimeout.isZero() || totalTimeout.isNegative() || totalTimeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("totalTimeout " + totalTimeout + " must be positive and at most one day");
    }
  }

  /** 5 attempts within 60 s; full jitter from 50 ms, from 1 s when throttled, up to 20 s. */
  public static RetryPolicy defaults() {
    return builder().build();
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
     * The policy.
     *
     * @throws IllegalArgumentException if a setting is out of its range; the message names it
     */
    public RetryPolicy build() {
      return new RetryPolicy(maxAttempts, totalTimeout, transientBackoff, throttledBackoff);
    }
  }
}
