package dev.ossresilience.load;

/**
 * How many attempts after the first all calls of one {@link dev.ossresilience.OssResilience} may make together, so that their repetitions
 * don't keep a server down that could recover. Thread-safe, lock-free.
 */
public interface RetryBudget {
  /** A call begins. */
  default void began() {}

  /**
   * Takes what another attempt costs.
   *
   * @param throttled whether the last one was refused because of a limit
   * @return the cost, for {@link #succeeded}; negative if there isn't enough left
   */
  int take(boolean throttled);

  /**
   * A call succeeded.
   *
   * @param cost of its last attempt, 0 if that was its first
   */
  void succeeded(int cost);

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
      public String toString() {
        return "unlimited";
      }
    };
  }

  /**
   * A share of the calls: each adds {@code ratio} to what may be spent, each repetition costs 1.
   *
   * @param ratio between 0 and 1, 0 excluded: 0.1 for one repetition per ten calls in the long run
   * @param burst what may be spent at most at a time, from 1 to 10,000; this much is there at the beginning
   */
  static RetryBudget ratio(double ratio, int burst) {
    return new TokenBudget("ratio", TokenBudget.checked("ratio", ratio, 1), TokenBudget.checked("burst", burst, 1, 10_000), 1, 1, TokenBudget.Refund.PER_CALL);
  }

  /**
   * Tokens as the AWS SDKs' standard mode of 2026 has them: a repetition costs {@code cost}, after throttling {@code throttledCost}; a
   * success gives back what its last attempt cost, or 1.
   *
   * @param capacity what is there at the beginning, from 1 to 1,000,000
   */
  static RetryBudget tokens(int capacity, int cost, int throttledCost) {
    return new TokenBudget(
        "tokens",
        1,
        TokenBudget.checked("capacity", capacity, 1, 1_000_000),
        TokenBudget.checked("cost", cost, 1, capacity),
        TokenBudget.checked("throttledCost", throttledCost, 1, capacity),
        TokenBudget.Refund.PER_SUCCESS);
  }

  /** The AWS SDKs' numbers: 500 tokens, 14 for a repetition, 5 after throttling. */
  static RetryBudget aws2026() {
    return tokens(500, 14, 5);
  }
}
