package dev.ossresilience.time;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Real time. */
enum SystemTime implements TimeSource, Waiter {
  INSTANCE;

  /** How often a wait looks for cancellation: clients of all versions can be asked, not all of them can call back. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  @Override
  public Instant wallTime() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void await(long nanos, BooleanSupplier cancelled) throws InterruptedException {
    long start = System.nanoTime();
    while (!cancelled.getAsBoolean()) {
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE_NANOS));
    }
  }
}
