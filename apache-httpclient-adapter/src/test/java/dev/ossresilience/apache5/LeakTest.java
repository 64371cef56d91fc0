package dev.ossresilience.apache5;

import dev.ossresilience.testkit.conformance.AdapterUnderTest;
import dev.ossresilience.testkit.conformance.LeakStorm;
import org.junit.jupiter.api.Test;

/** Nothing is left of many faulty calls. {@code -Dleak.calls=100000} makes as many as a busy day has; the default takes some seconds. */
class LeakTest {
  private static final long SEED = Long.getLong("leak.seed", 20260115L);
  private static final int CALLS = Integer.getInteger("leak.calls", 3_000);

  @Test
  void classicHandlerLeavesNothingBehind() throws InterruptedException {
    run(ApacheUnderTest.configured());
  }

  @Test
  void asyncHandlerLeavesNothingBehind() throws InterruptedException {
    run(AsyncUnderTest.configured());
  }

  @Test
  void wrapLeavesNothingBehind() throws InterruptedException {
    run(ApacheUnderTest.asDocumented());
  }

  @Test
  void asyncWrapLeavesNothingBehind() throws InterruptedException {
    run(AsyncUnderTest.asDocumented());
  }

  private static void run(AdapterUnderTest adapter) throws InterruptedException {
    System.out.println(LeakStorm.run(adapter, SEED, CALLS) + " (-Dleak.calls=100000 for more)");
  }
}
