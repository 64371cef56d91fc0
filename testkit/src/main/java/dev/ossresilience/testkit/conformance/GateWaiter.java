package dev.ossresilience.testkit.conformance;

import dev.ossresilience.time.Waiter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A wait that ends only when its caller gives up: what a long backoff is to somebody who can't wait that long. */
final class GateWaiter implements Waiter {
  /** The contract of {@link Waiter} allows 20 ms until a cancellation is noticed. */
  private static final long LOOK_AGAIN_MILLIS = 1;

  /** Longer than any machine stands still, shorter than anybody's patience. */
  private static final long GIVE_UP_SECONDS = 20;

  private final CountDownLatch begun = new CountDownLatch(1);

  @Override
  public void await(long nanos, BooleanSupplier cancelled) throws InterruptedException {
    begun.countDown();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    while (!cancelled.getAsBoolean() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /** Returns when somebody waits; false if nobody does for a long time. */
  boolean awaitBegin() throws InterruptedException {
    return begun.await(GIVE_UP_SECONDS, TimeUnit.SECONDS);
  }
}
