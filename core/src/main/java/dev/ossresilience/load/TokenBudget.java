package dev.ossresilience.load;

import java.util.concurrent.atomic.AtomicInteger;

/** Tokens that successes bring and repetitions take. Lock-free. */
final class TokenBudget implements RetryBudget {
  private final int capacity;
  private final int cost;
  private final int throttledCost;
  private final AtomicInteger left;

  TokenBudget(int capacity, int cost, int throttledCost) {
    this.capacity = capacity;
    this.cost = cost;
    this.throttledCost = throttledCost;
    this.left = new AtomicInteger(capacity);
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
  public int take(boolean throttled) {
    int price = throttled ? throttledCost : cost;
    return spend(price) ? price : -1;
  }

  /** Takes so many tokens, if there are so many. */
  boolean spend(int tokens) {
    for (int now = left.get(); now >= tokens; now = left.get()) {
      if (left.compareAndSet(now, now - tokens)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void unused(int taken) {
    add(taken);
  }

  @Override
  public void succeeded(int lastCost) {
    add(Math.max(1, lastCost));
  }

  private void add(int tokens) {
    int now = left.get();
    while (now < capacity && !left.compareAndSet(now, Math.min(capacity, now + tokens))) { // full most of the time: nothing is written
      now = left.get();
    }
  }

  @Override
  public double repetitionsLeft() {
    return Math.floorDiv(left(), cost);
  }

  /** What is left, for tests. */
  int left() {
    return left.get();
  }

  @Override
  public String toString() {
    return "tokens[" + left() + " of " + capacity + "]";
  }
}
