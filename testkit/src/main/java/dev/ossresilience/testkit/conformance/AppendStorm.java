package dev.ossresilience.testkit.conformance;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Waterfall;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.conformance.AppendHistory.Claim;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several writers append to the same object and to different ones through an adapter, over sockets and in virtual time, while requests
 * meet faults drawn by seed; then the objects are searched for every record. How the writers take turns is up to the threads, so that a
 * seed repeats the faults but not always the failure.
 */
public final class AppendStorm {
  private static final int WRITERS = 3;
  private static final int RECORDS = 2;

  /** All faults that an append can meet, but those that take real time and those that do away with the object. */
  private static final Fault[] MENU = {
    Fault.internalError(), Fault.applyThenInternalError(), Fault.gatewayError(502), Fault.applyThenGatewayError(504), Fault.requestTimeout(),
    Fault.throttled("UploadTrafficRateLimitExceeded"), Fault.bareError(500), Fault.retryAfter(503, "ServiceUnavailable", "0"),
    Fault.resetBeforeBody(), Fault.drop(), Fault.dropMidBody(), Fault.applyThenDrop(), Fault.truncateResponse(), Fault.answerThenClose(),
    Fault.lateDuplicate(), Fault.deliverLater(), Fault.refuseConnection(), Fault.portalPage(), Fault.securityTokenExpired(),
    Fault.foreignAppendSameLength(), Fault.foreignAppendAfterSameLength(), Fault.foreignAppend("theirs\n".getBytes(StandardCharsets.UTF_8)),
    Fault.foreignAppendAfter("theirs\n".getBytes(StandardCharsets.UTF_8)), Fault.skewed(Duration.ofMinutes(40)), Fault.skewed(Duration.ZERO),
  };

  private final VirtualTime time = new VirtualTime();
  private final Queue<ExchangeReport> reports = new ConcurrentLinkedQueue<>();
  private final OssSimulator server;
  private final AdapterUnderTest.Client following;
  private final AdapterUnderTest.Client exact;

  private AppendStorm(AdapterUnderTest adapter, OssSimulator.Builder simulator) {
    server = simulator.time(time).start();
    following = adapter.open(resilience(AppendPolicy.followEnd()), null);
    exact = adapter.open(resilience(AppendPolicy.exactPosition()), null);
  }

  /**
   * Runs the schedules of that many seeds and tells what came of them.
   *
   * @throws AssertionError if an acknowledged record isn't there exactly once, one reported as failed is there, or one reported as
   *     unknown is there twice; with its seed and what happened
   */
  public static String run(AdapterUnderTest adapter, long firstSeed, int schedules) throws InterruptedException {
    AppendStorm storm = new AppendStorm(adapter, OssSimulator.builder());
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    AppendHistory.Counts counts = new AppendHistory.Counts();
    try {
      for (long seed = firstSeed; seed < firstSeed + schedules; seed++) {
        storm.schedule(seed, threads, counts);
      }
    } finally {
      threads.shutdownNow();
      storm.close();
    }
    return adapter.name() + ": " + schedules + " schedules from seed " + firstSeed + ", " + storm.server.requestCount() + " requests, " + counts;
  }

  private OssResilience resilience(AppendPolicy appends) {
    return OssResilience.builder()
        .endpoint(OssEndpoint.of(server.endpoint()))
        .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
        // All writers share one virtual time, so that each one's waits use up the others' deadlines as well.
        .pacing(false)
        .retryBudget(RetryBudget.unlimited()) // a storm, not a server to be spared
        .withoutCircuitBreaker()
        .policy(RetryPolicy.builder().maxAttempts(6).totalTimeout(Duration.ofMinutes(10)).build())
        .appends(appends)
        .time(time, time)
        .listener(reports::add)
        .build();
  }

  private void schedule(long seed, ExecutorService threads, AppendHistory.Counts counts) throws InterruptedException {
    Random random = new Random(seed);
    reports.clear();
    server.faults().random(seed, random.nextDouble() * 0.6, menu(random.nextBoolean()));
    AdapterUnderTest.Client client = random.nextInt(4) == 0 ? exact : following;
    List<Callable<List<AppendHistory.Entry>>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String key = seed + (writer < WRITERS - 1 ? "/shared" : "/own");
      writers.add(writer(client, key, seed + "." + writer, random.nextInt(), random.nextInt(8) == 0));
    }
    List<AppendHistory.Entry> entries = new ArrayList<>();
    for (Future<List<AppendHistory.Entry>> writer : threads.invokeAll(writers)) {
      try {
        entries.addAll(writer.get());
      } catch (ExecutionException e) {
        throw new AssertionError("seed " + seed, e.getCause());
      }
    }
    server.faults().none();
    server.deliverHeldRequests();
    server.clockOffset(Duration.ZERO);
    for (AppendHistory.Entry entry : entries) {
      counts.add(entry.claim());
      String wrong = entry.wrongIn(server.bytesOf("logs", entry.key()));
      if (!wrong.isEmpty()) {
        throw new AssertionError("seed " + seed + ": " + wrong + "\n" + story());
      }
    }
    server.delete("logs", seed + "/shared");
    server.delete("logs", seed + "/own");
  }

  /**
   * A clock that goes wrong, or requests delivered twice. With both, a copy of a request that was refused for the clock could be accepted
   * later, when the clock is right again: then no client could know that it is stored.
   */
  private static Fault[] menu(boolean wrongClock) {
    return Arrays.stream(MENU).filter(fault -> wrongClock ? !fault.equals(Fault.lateDuplicate()) : !fault.name().startsWith("skewed")).toArray(Fault[]::new);
  }

  private String story() {
    StringBuilder story = new StringBuilder();
    reports.forEach(report -> story.append(Waterfall.text(report)));
    return story.toString();
  }

  /** Appends records of its own; records of different writers are often equally long. */
  private Callable<List<AppendHistory.Entry>> writer(AdapterUnderTest.Client client, String key, String name, int salt, boolean oneShot) {
    return () -> {
      List<AppendHistory.Entry> entries = new ArrayList<>();
      long position = 0;
      for (int number = 0; number < RECORDS; number++) {
        String record = "<" + name + "." + number + " " + "x".repeat((salt >>> (8 * number)) & 3) + ">\n";
        AppendHistory.Entry entry = append(client, key, position, record, oneShot);
        entries.add(entry);
        position = entry.next() >= 0 ? entry.next() : position;
      }
      return entries;
    };
  }

  private AppendHistory.Entry append(AdapterUnderTest.Client client, String key, long position, String record, boolean oneShot) {
    URI uri = URI.create(server.endpoint() + "/logs/" + key + "?append&position=" + position);
    TestRequest request = new TestRequest("POST", uri, Map.of(), record.getBytes(StandardCharsets.UTF_8), oneShot);
    try {
      TestResponse response = client.prepare(request).execute();
      String next = response.header("x-oss-next-append-position");
      boolean stored = response.status() == 200;
      return new AppendHistory.Entry(key, record, stored ? Claim.STORED : Claim.NOT_STORED, next == null ? -1 : Long.parseLong(next));
    } catch (IOException e) {
      return new AppendHistory.Entry(key, record, AmbiguousAppendException.in(e) == null ? Claim.NOT_STORED : Claim.UNKNOWN, -1);
    }
  }

  private void close() {
    following.close();
    exact.close();
    server.close();
  }
}
