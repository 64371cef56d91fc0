package dev.ossresilience.load;

import java.util.concurrent.atomic.AtomicLong;

/** Tokens that calls and successes bring and repetitions take. */
final class TokenBudget implements RetryBudget {
  /** Tokens are counted in thousandths, so that a call can bring a part of one. */
  private static final long ONE = 1000;

  /** What brings tokens. */
  enum Refund {
    PER_CALL,
    PER_SUCCESS
  }

  private final String name;
  private final long income;
  private final long capacity;
  private final int cost;
  private final int throttledCost;
  private final Refund refund;
  private final AtomicLong left;

  TokenBudget(String name, double income, int capacity, int cost, int throttledCost, Refund refund) {
    this.name = name;
    this.income = Math.round(income * ONE);
    this.capacity = capacity * ONE;
    this.cost = cost;
    this.throttledCost = throttledCost;
    this.refund = refund;
    this.left = new AtomicLong(this.capacity);
  }

  static double checked(String setting, double value, double most) {
    if (!(value > 0 && value <= most)) {
      throw new IllegalArgumentException("retry budget: " + setting + " " + value + " must be more than 0 and at most " + most);
    }
    return value;
  }

  static int checked(String setting, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException("retry budget: " + setting + " " + value + " must be between " + least + " and " + most);
    }
    return value;
  }

  @Override
  public void began() {
    if (refund == Refund.PER_CALL) {
      add(income);
    }
  }

  @Override
  public int take(boolean throttled) {
    int price = throttled ? throttledCost : cost;
    return spend(price) ? price : -1;
  }

  /** Takes so many tokens, if there are so many. */
  boolean spend(int tokens) {
    for (long now = left.get(); now >= tokens * ONE; now = left.get()) {
      if (left.compareAndSet(now, now - tokens * ONE)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void succeeded(int lastCost) {
    if (refund == Refund.PER_SUCCESS) {
      add(lastCost > 0 ? lastCost * ONE : income);
    }
  }

  private void add(long tokens) {
    long now = left.get();
    while (now < capacity && !left.compareAndSet(now, Math.min(capacity, now + tokens))) { // full most of the time: nothing is written
      now = left.get();
    }
  }

  /** What is left, for tests and metrics. */
  double left() {
    return left.get() / (double) ONE;
  }

  @Override
  public String toString() {
    return name + "[" + left() + " of " + capacity / ONE + "]";
  }
}
