package dev.ossresilience.testkit.conformance;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many calls by several threads through one client, of whose requests half meet faults drawn by seed; then nothing may be left of them: no
 * connection in use, no object of ours, no memory to speak of.
 */
public final class LeakStorm {
  private static final int THREADS = 4;

  /** Loads the classes and fills the caches whose memory is not the calls' doing. */
  private static final int WARM_UP_CALLS = 2_000;

  /** Per class: what each thread and each idle connection may keep. */
  private static final int TOLERATED_OBJECTS = 64;

  /** What an open client with an idle connection, its threads and their buffers may keep that a closed one doesn't. */
  private static final long TOLERATED_BYTES = 512 * 1024;

  /** Less than any reference to a call takes: that each leaves something is not tolerated, however small. */
  private static final long TOLERATED_BYTES_PER_CALL = 8;

  /** No client keeps more idle connections to one host by default. */
  private static final int MAX_IDLE = 5;

  private static final int SETTLED_SECONDS = 10;

  /** Those that take no real time and leave the server's clock as it is. */
  private static final Fault[] MENU = {
    Fault.internalError(), Fault.applyThenInternalError(), Fault.error(503, "ServiceUnavailable"), Fault.requestTimeout(),
    Fault.throttled("DownloadTrafficRateLimitExceeded"), Fault.gatewayError(504), Fault.applyThenGatewayError(502), Fault.longGatewayError(504),
    Fault.bareError(502), Fault.retryAfter(503, "ServiceUnavailable", "0"), Fault.drop(), Fault.dropMidBody(), Fault.resetBeforeBody(),
    Fault.applyThenDrop(), Fault.truncateResponse(), Fault.answerThenClose(), Fault.refuseConnection(), Fault.portalPage(), Fault.callbackFailed(),
    Fault.securityTokenExpired(), Fault.corruptBody(), Fault.wrongCrc(), Fault.redirect("http://127.0.0.1:1/"),
    Fault.error(403, "AccessDenied"), Fault.error(409, "PositionNotEqualToLength"),
  };

  private final VirtualTime time = new VirtualTime();
  private final AdapterUnderTest.Client client;
  private final AtomicInteger succeeded = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /** Null once it is closed: it keeps what it was asked, which is not to be taken for a leak. */
  private @Nullable OssSimulator server;

  private LeakStorm(AdapterUnderTest adapter) {
    OssSimulator started = OssSimulator.builder().time(time).start();
    server = started;
    OssResilience oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(started.endpoint()))
            .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
            // All threads share one virtual time, so that each one's waits use up the others' deadlines as well.
            .policy(RetryPolicy.builder().maxAttempts(4).totalTimeout(Duration.ofMinutes(10)).build())
            .pacing(false)
            .retryBudget(RetryBudget.unlimited()) // a storm, not a server to be spared
            .withoutCircuitBreaker()
            .time(time, time)
            .scheduler(new VirtualScheduler(time))
            .build();
    client = adapter.open(oss, null);
  }

  /**
   * Makes that many calls and tells what came of them and what is left.
   *
   * @throws AssertionError if something is left that shouldn't be
   */
  public static String run(AdapterUnderTest adapter, long seed, int calls) throws InterruptedException {
    return run(adapter, seed, calls, SETTLED_SECONDS);
  }

  /** The same for an adapter that is known to leak: what waits for that to settle waits in vain. */
  public static String run(AdapterUnderTest adapter, long seed, int calls, int settledSeconds) throws InterruptedException {
    warmUp(adapter, seed);
    LiveObjects before = LiveObjects.now();
    LeakStorm storm = new LeakStorm(adapter);
    try {
      long begun = System.nanoTime();
      storm.call(seed, calls);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      String traffic = calls + " calls from seed " + seed + " in " + millis + " ms, " + storm.server().requestCount() + " requests, " + storm.outcomes();
      storm.requireIdleConnections(settledSeconds);
      return adapter.name() + ": " + traffic + ", " + storm.whatIsLeft(before, calls, settledSeconds);
    } finally {
      storm.client.close();
      storm.closeServer();
    }
  }

  private OssSimulator server() {
    return Objects.requireNonNull(server);
  }

  private void closeServer() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  private static void warmUp(AdapterUnderTest adapter, long seed) throws InterruptedException {
    LeakStorm storm = new LeakStorm(adapter);
    try {
      storm.call(~seed, WARM_UP_CALLS);
    } finally {
      storm.client.close();
      storm.closeServer();
    }
  }

  private void call(long seed, int calls) throws InterruptedException {
    server().faults().random(seed, 0.5, MENU);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        tasks.add(
            () -> {
              SplittableRandom random = new SplittableRandom(seed + number);
              for (int i = number; i < calls; i += THREADS) {
                call(random);
              }
              return null;
            });
      }
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed, e.getCause());
    } finally {
      threads.shutdownNow();
    }
    server().faults().none();
  }

  private void call(SplittableRandom random) {
    int key = random.nextInt(32);
    byte[] body = new byte[random.nextInt(2_000)];
    TestRequest request =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> request("PUT", "plain" + key, body, random.nextInt(4) == 0);
          case 3 -> request("POST", "log" + key + "?append&position=0", body, random.nextInt(4) == 0);
          case 4 -> request("DELETE", "log" + key, null, false);
          case 5 -> request("HEAD", "plain" + key, null, false);
          default -> request("GET", "plain" + key, null, false);
        };
    try {
      (client.prepare(request).execute().status() / 100 == 2 ? succeeded : refused).incrementAndGet();
    } catch (IOException e) {
      failed.incrementAndGet();
    }
  }

  private TestRequest request(String method, String keyAndQuery, byte @Nullable [] body, boolean oneShot) {
    return new TestRequest(method, URI.create(server().endpoint() + "/logs/" + keyAndQuery), Map.of(), body, oneShot);
  }

  private String outcomes() {
    return succeeded + " successes, " + refused + " errors, " + failed + " exceptions";
  }

  private void requireIdleConnections(int settledSeconds) throws InterruptedException {
    eventually(settledSeconds, () -> client.connectionsInUse() == 0 && client.connectionsIdle() <= MAX_IDLE);
    if (client.connectionsInUse() != 0 || client.connectionsIdle() > MAX_IDLE) {
      throw new AssertionError(client.connectionsInUse() + " connections are still in use, " + client.connectionsIdle() + " are idle");
    }
  }

  /** The simulator goes first, while the client stays. */
  private String whatIsLeft(LiveObjects before, int calls, int settledSeconds) throws InterruptedException {
    int idle = client.connectionsIdle();
    closeServer();
    LiveObjects after = LiveObjects.now();
    for (int i = 0; i < settledSeconds && !isSettled(before, after, calls); i++) {
      // Threads that idle let go of their last task when they end: some of them are the simulator's, and hold all that it was asked.
      TimeUnit.SECONDS.sleep(1);
      after = LiveObjects.now();
    }
    String left = "0 connections in use, " + idle + " idle, heap grown by " + after.bytesSince(before) / 1024 + " KiB";
    if (!isSettled(before, after, calls)) {
      throw new AssertionError(
          "something is left of the calls: " + left + ", more objects of ours: " + after.oursGrownSince(before, TOLERATED_OBJECTS)
              + ", most grown: " + after.worstSince(before));
    }
    return left;
  }

  private static boolean isSettled(LiveObjects before, LiveObjects after, int calls) {
    return after.oursGrownSince(before, TOLERATED_OBJECTS).isEmpty()
        && after.bytesSince(before) <= TOLERATED_BYTES + calls * TOLERATED_BYTES_PER_CALL;
  }

  private static void eventually(int seconds, BooleanSupplier condition) throws InterruptedException {
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds); !condition.getAsBoolean() && System.nanoTime() < end; ) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
