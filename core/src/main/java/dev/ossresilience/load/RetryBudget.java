package dev.ossresilience.load;

import dev.ossresilience.time.TimeSource;

/**
 * How many attempts after the first all calls of one {@link dev.ossresilience.OssResilience} may make together, so that their repetitions
 * don't keep a server down that could recover. Thread-safe.
 */
public interface RetryBudget {
  /** A call begins. */
  default void began() {}

  /**
   * Takes what another attempt costs.
   *
   * @param throttled whether the last one was refused because of a limit that OSS named
   * @return the cost, for {@link #succeeded}; negative if there isn't enough left
   */
  int take(boolean throttled);

  /**
   * An attempt failed that is followed by no other, for want of attempts or time: nothing is to be paid.
   *
   * @param throttled whether it was refused because of a limit that OSS named
   */
  default void failed(boolean throttled) {}

  /**
   * What was taken is given back: the attempt isn't made after all, because its turn doesn't come in time, the circuit breaker is open, or the
   * caller gave up.
   *
   * @param cost as {@link #take} said
   */
  default void unused(int cost) {}

  /**
   * A call succeeded.
   *
   * @param cost of its last attempt, 0 if that was its first
   */
  void succeeded(int cost);

  /** How many repetitions could be paid for now if nothing else happened; infinite without bounds, NaN if that isn't known. For metrics. */
  default double repetitionsLeft() {
    return Double.NaN;
  }

  /** Without bounds. */
  static RetryBudget unlimited() {
    return new RetryBudget() {
      @Override
      public int take(boolean throttled) {
        return 0;
      }

      @Override
      public void succeeded(int cost) {}

      @Override
      public double repetitionsLeft() {
        return Double.POSITIVE_INFINITY;
      }

      @Override
      public String toString() {
        return "unlimited";
      }
    };
  }

  /**
   * A share of the calls of the last ten seconds, all of them where OSS named the limit that refused them, and a reserve for whoever makes too few
   * calls for that. What is taken from the reserve comes back: {@code ratio} of a repetition with each success, and one a minute.
   *
   * @param ratio between 0 and 1, 0 excluded: 0.1 for one repetition per ten calls
   * @param reserve how many repetitions, from 1 to 10,000
   */
  static RetryBudget ratio(double ratio, int reserve) {
    return ratio(ratio, reserve, TimeSource.system());
  }

  /** The same by another clock. */
  static RetryBudget ratio(double ratio, int reserve, TimeSource time) {
    return new RatioBudget(TokenBudget.checked("ratio", ratio, 1), TokenBudget.checked("reserve", reserve, 1, 10_000), time);
  }

  /**
   * Tokens as the AWS SDKs' standard mode of 2026 has them: a repetition costs {@code cost}, after throttling {@code throttledCost}; a
   * success gives back what its last attempt cost, or 1.
   *
   * @param capacity what is there at the beginning, from 1 to 1,000,000
   */
  static RetryBudget tokens(int capacity, int cost, int throttledCost) {
    return new TokenBudget(
        TokenBudget.checked("capacity", capacity, 1, 1_000_000),
        TokenBudget.checked("cost", cost, 1, capacity),
        TokenBudget.checked("throttledCost", throttledCost, 1, capacity));
  }

  /**
   * Tokens as gRPC throttles retries by: each failed attempt takes one, each successful call gives back {@code ratio}, and there are
   * repetitions only while more than half of them are left.
   *
   * @param maxTokens what is there at the beginning, from 1 to 1,000
   * @param ratio from 0.001 to 1,000, of which three decimals count
   * @see <a href="https://github.com/grpc/proposal/blob/master/A6-client-retries.md#throttling-retry-attempts-and-hedged-rpcs">gRPC A6</a>
   */
  static RetryBudget grpc(int maxTokens, double ratio) {
    return new GrpcBudget(TokenBudget.checked("maxTokens", maxTokens, 1, 1000), GrpcBudget.checkedRatio(ratio));
  }

  /** The AWS SDKs' numbers: 500 tokens, 14 for a repetition, 5 after throttling. */
  static RetryBudget aws2026() {
    return tokens(500, 14, 5);
  }
}
