package dev.ossresilience.testkit.fleet;

import java.util.SplittableRandom;

/**
 * How one client behaves without the core, for comparison: one object per client, asked about all its calls. Times are in nanoseconds.
 */
public interface Baseline {
  /** The answer that ends a call as failed. */
  long GIVE_UP = -1;

  /** What an attempt met. */
  enum Failure {
    /** A limit struck, with status 503. */
    THROTTLED,
    /** A limit struck, with status 429. */
    TOO_MANY_REQUESTS,
    /** 503 ServiceUnavailable. */
    UNAVAILABLE,
    /** No answer in time. */
    TIMED_OUT
  }

  /** How long a request, first or repeated, waits before it is sent; {@link #GIVE_UP} if it isn't sent at all. By default 0. */
  default long pace(long now) {
    return 0;
  }

  /**
   * How long to wait before the next attempt, or {@link #GIVE_UP}.
   *
   * @param attempts made so far, at least 1
   */
  long afterFailure(int attempts, Failure failure, long now, SplittableRandom random);

  /** A call succeeded with that attempt. */
  default void succeeded(int attempts, long now) {}
}
