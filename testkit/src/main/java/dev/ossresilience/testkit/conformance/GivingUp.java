package dev.ossresilience.testkit.conformance;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How soon a call that waits for its next attempt ends once it is given up, in real time with an adapter's real waits. The median of many
 * says what the adapter does; a single one may meet a pause of the machine.
 */
public final class GivingUp {
  private static final int CALLS = 50;
  private static final Duration AGES = Duration.ofHours(1);
  private static final Duration MEDIAN = Duration.ofMillis(50);
  private static final Duration COARSE = Duration.ofSeconds(10);

  private GivingUp() {}

  /**
   * Gives calls up in their wait, cancelled in the client's way or interrupted, and tells how long they took to end.
   *
   * @throws AssertionError if that is too long, a call didn't end as one that was given up, or anything was sent after that
   */
  public static String run(AdapterUnderTest adapter, boolean interrupt) throws InterruptedException {
    long[] nanos = new long[CALLS];
    try (OssSimulator server = OssSimulator.builder().start(); AdapterUnderTest.Client client = adapter.open(patient(server), null)) {
      for (int i = 0; i < CALLS; i++) {
        nanos[i] = giveUp(server, client, interrupt);
      }
      until(() -> client.connectionsInUse() == 0, "a connection is still in use");
      require(server.requestCount() == CALLS, server.requestCount() + " requests by " + CALLS + " calls");
    }
    Arrays.sort(nanos);
    String told = adapter.name() + (interrupt ? ", interrupted" : ", cancelled") + ": median " + nanos[CALLS / 2] / 1000 + " us, max " + nanos[CALLS - 1] / 1000 + " us";
    require(nanos[CALLS / 2] < MEDIAN.toNanos() && nanos[CALLS - 1] < COARSE.toNanos(), told);
    return told;
  }

  private static OssResilience patient(OssSimulator server) {
    return OssResilience.builder()
        .endpoint(OssEndpoint.of(server.endpoint()))
        .policy(RetryPolicy.builder().totalTimeout(AGES.multipliedBy(9)).transientBackoff(Backoff.exponential(AGES, AGES)).build())
        .pacing(false)
        .retryBudget(RetryBudget.unlimited())
        .withoutCircuitBreaker()
        .random(() -> 0.9)
        .build();
  }

  private static long giveUp(OssSimulator server, AdapterUnderTest.Client client, boolean interrupt) throws InterruptedException {
    server.faults().next(Fault.internalError());
    long before = server.requestCount();
    AdapterUnderTest.Call call = client.prepare(new TestRequest("GET", URI.create(server.endpoint() + "/logs/a"), Map.of(), null, false));
    CompletableFuture<Long> ended = new CompletableFuture<>();
    boolean[] flagKept = {false};
    Thread caller = new Thread(() -> {
      try {
        ended.completeExceptionally(new AssertionError("answered with " + call.execute().status()));
      } catch (IOException e) {
        flagKept[0] = Thread.currentThread().isInterrupted();
        ended.complete(System.nanoTime());
      } catch (RuntimeException | Error e) {
        ended.completeExceptionally(e);
      }
    }, "giving-up");
    caller.setDaemon(true);
    caller.start();
    until(() -> server.requestCount() > before, "the call was never made");
    TimeUnit.MILLISECONDS.sleep(20); // for the answer to come back: OkHttp keeps the connection of a call that waits in an interceptor
    long begun = System.nanoTime();
    if (interrupt) {
      caller.interrupt();
    } else {
      call.cancel();
    }
    caller.join(COARSE.toMillis());
    require(ended.isDone(), "the call goes on");
    require(flagKept[0] == interrupt, "the interrupt flag was " + (interrupt ? "lost" : "set"));
    return ended.join() - begun;
  }

  private static void until(BooleanSupplier reached, String otherwise) throws InterruptedException {
    for (long end = System.nanoTime() + COARSE.toNanos(); !reached.getAsBoolean(); TimeUnit.MILLISECONDS.sleep(1)) {
      require(System.nanoTime() < end, otherwise);
    }
  }

  private static void require(boolean so, String otherwise) {
    if (!so) {
      throw new AssertionError(otherwise);
    }
  }
}
