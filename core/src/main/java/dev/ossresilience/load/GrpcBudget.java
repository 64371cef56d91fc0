package dev.ossresilience.load;

import java.util.concurrent.atomic.AtomicInteger;

/** Tokens that each failure takes, and that leave room for repetitions while more than half of them are there. Lock-free. */
final class GrpcBudget implements RetryBudget {
  /** As the specification has it: three decimals of the ratio count. */
  private static final int THOUSAND = 1000;

  private final int max;
  private final int perSuccess;

  /** In thousandths. */
  private final AtomicInteger left;

  GrpcBudget(int maxTokens, double ratio) {
    this.max = maxTokens * THOUSAND;
    this.perSuccess = (int) (ratio * THOUSAND + 1e-6); // 0.29 times 1,000 is less than 290
    this.left = new AtomicInteger(max);
  }

  static double checkedRatio(double ratio) {
    if (!(ratio >= 0.001 && ratio <= 1000)) {
      throw new IllegalArgumentException("retry budget: ratio " + ratio + " must be between 0.001 and 1000");
    }
    return ratio;
  }

  @Override
  public int take(boolean throttled) {
    int now = left.updateAndGet(tokens -> Math.max(0, tokens - THOUSAND));
    return now > max / 2 ? 1 : -1;
  }

  @Override
  public void failed(boolean throttled) {
    left.updateAndGet(tokens -> Math.max(0, tokens - THOUSAND));
  }

  @Override
  public void succeeded(int cost) {
    int now = left.get();
    while (now < max && !left.compareAndSet(now, Math.min(max, now + perSuccess))) { // full most of the time: nothing is written
      now = left.get();
    }
  }

  @Override
  public double repetitionsLeft() {
    return Math.max(0, Math.ceil((left.get() - max / 2) / (double) THOUSAND) - 1);
  }

  @Override
  public String toString() {
    return "grpc[" + left.get() / (double) THOUSAND + " of " + max / THOUSAND + "]";
  }
}
