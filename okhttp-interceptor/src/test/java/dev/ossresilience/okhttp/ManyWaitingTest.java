package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.conformance.LiveObjects;
import dev.ossresilience.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it costs that many calls wait: no thread, no slot, little memory. */
@Timeout(120)
class ManyWaitingTest {
  /** What a call that waits may hold beyond what the client's own call does. */
  private static final long MAX_BYTES_BEYOND_PLAIN = 2048;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final RetryPolicy PATIENT =
      RetryPolicy.builder().totalTimeout(HOUR.multipliedBy(9)).throttledBackoff(Backoff.exponential(HOUR, HOUR)).build();

  private static final String THROTTLED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error>
        <Code>DownloadTrafficRateLimitExceeded</Code>
        <Message>The download traffic of your account exceeds its limit, please try again later.</Message>
        <RequestId>69719A5DB9C3A53238AEB1B2</RequestId>
        <HostId>bucket.oss-cn-hangzhou.aliyuncs.com</HostId>
        <BucketName>bucket</BucketName>
        <EC>0048-00000108</EC>
      </Error>
      """;

  /** Counts what it is told, and keeps nothing. */
  private static final class Counting implements Callback {
    final AtomicInteger failures = new AtomicInteger();
    final CountDownLatch ended;

    Counting(int calls) {
      ended = new CountDownLatch(calls);
    }

    @Override
    public void onFailure(Call call, IOException e) {
      failures.incrementAndGet();
      ended.countDown();
    }

    @Override
    public void onResponse(Call call, Response response) {
      response.close();
      ended.countDown();
    }
  }

  /** Answers as a throttling OSS does, on whatever is asked of a key that begins with the word. */
  private static final Interceptor THROTTLING =
      chain -> {
        if (!chain.request().url().encodedPath().contains("throttled")) {
          return chain.proceed(chain.request());
        }
        return new Response.Builder()
            .request(chain.request())
            .protocol(Protocol.HTTP_1_1)
            .code(503)
            .message(new String("Service Unavailable".toCharArray()))
            .header("Server", new String("AliyunOSS".toCharArray()))
            .header("Date", new String("Thu, 15 Jan 2026 12:00:00 GMT".toCharArray()))
            .header("Content-Type", new String("application/xml".toCharArray()))
            .header("Content-Length", Integer.toString(THROTTLED.length()))
            .header("Connection", new String("keep-alive".toCharArray()))
            .header("x-oss-request-id", new String("69719A5DB9C3A53238AEB1B2".toCharArray()))
            .header("x-oss-server-time", Integer.toString(12))
            .header("x-oss-ec", new String("0048-00000108".toCharArray()))
            .body(ResponseBody.create(THROTTLED, null))
            .build();
      };

  private final OkHttpClient client = new OkHttpClient.Builder().addInterceptor(THROTTLING).build();

  private static OssResilience.Builder oss(String endpoint) {
    return OssResilience.builder()
        .pacing(false)
        .retryBudget(RetryBudget.unlimited()) // it is waiting that is looked at, not whether there should be any
        .withoutCircuitBreaker()
        .endpoint(OssEndpoint.of(endpoint))
        .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
        .policy(PATIENT)
        .random(() -> 0.9);
  }

  private static List<Call> calls(Call.Factory factory, String url, int count) {
    return calls(factory, "GET", url, count);
  }

  /** All with the same body, which is nobody's doing. */
  private static List<Call> calls(Call.Factory factory, String method, String url, int count) {
    RequestBody body = method.equals("GET") ? null : RequestBody.create(new byte[100], null);
    String query = method.equals("POST") ? "?append&position=0" : "";
    List<Call> calls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      calls.add(factory.newCall(new Request.Builder().url(url + i + query).method(method, body).build()));
    }
    return calls;
  }

  /** The usual one, which counts the waits. */
  private record Watched(Scheduler scheduler, AtomicInteger waits) implements Scheduler {
    @Override
    public Future<?> schedule(Runnable task, Duration delay) {
      Future<?> wait = scheduler.schedule(task, delay);
      if (!delay.isZero()) {
        waits.incrementAndGet();
      }
      return wait;
    }

    @Override
    public void execute(Runnable task) {
      scheduler.execute(task);
    }

    @Override
    public void fetch(Runnable task) {
      scheduler.fetch(task);
    }

    void await(int count) throws InterruptedException {
      OverCallFactory.eventually(() -> waits.get() == count);
    }
  }

  /** What a call of the client's own takes that waits for its slot, as all do that are enqueued while others are under way. */
  private static long bytesPerPlainCall(String method, String url, int count) throws InterruptedException {
    CountDownLatch released = new CountDownLatch(1);
    OkHttpClient plain =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  try {
                    released.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                  throw new IOException("never meant to be sent");
                })
            .build();
    Counting counted = new Counting(count);
    LiveObjects before = LiveObjects.now();
    List<Call> calls = calls(plain, method, url, count);
    calls.forEach(call -> call.enqueue(counted));
    LiveObjects waiting = LiveObjects.now();
    released.countDown();
    calls.forEach(Call::cancel);
    counted.ended.await();
    plain.dispatcher().executorService().shutdown();
    return waiting.bytesSince(before) / count;
  }

  private static List<Thread> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("oss-resilience")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "POST"})
  void tenThousandInBackoffHoldTwoThreadsAndLittleMemory(String method) throws InterruptedException {
    int count = 10_000;
    List<Thread> others = ourThreads();
    Watched scheduler = new Watched(Scheduler.system(), new AtomicInteger());
    String url = "https://bucket.oss-cn-hangzhou.aliyuncs.com/throttled/";
    OssCallFactory factory = OssCallFactory.of(client, oss("https://oss-cn-hangzhou.aliyuncs.com").scheduler(scheduler).build());
    Counting warm = new Counting(200);
    List<Call> warming = calls(factory, method, url, 200);
    warming.forEach(call -> call.enqueue(warm));
    scheduler.await(200);
    warming.forEach(Call::cancel);
    warm.ended.await();
    warming.clear();

    LiveObjects before = LiveObjects.now();
    List<Call> calls = calls(factory, method, url, count);
    Counting counted = new Counting(count);
    calls.forEach(call -> call.enqueue(counted));
    scheduler.await(200 + count);
    LiveObjects waiting = LiveObjects.now();
    List<String> threads = ourThreads().stream().filter(thread -> !others.contains(thread)).map(Thread::getName).toList();
    long begin = System.nanoTime();
    calls.forEach(Call::cancel);
    counted.ended.await();
    long end = System.nanoTime();
    long perCall = waiting.bytesSince(before) / count;
    long plain = bytesPerPlainCall(method, url, count);
    System.out.println(
        "10,000 calls in backoff, " + method + ": threads " + threads + "; heap per call " + perCall + " B, " + plain + " B for one of the client's own that waits"
            + " for its slot; all cancelled and told in " + (end - begin) / 1_000_000 + " ms");
    assertThat(threads).hasSizeLessThanOrEqualTo(2);
    assertThat(counted.failures).hasValue(count);
    assertThat(perCall - plain).as(waiting.worstSince(before)).isLessThanOrEqualTo(MAX_BYTES_BEYOND_PLAIN);
  }

  @Test
  void healthyCallsPassWhileAThousandWait() throws InterruptedException, IOException {
    int healthy = 1500;
    VirtualTime time = new VirtualTime();
    try (OssSimulator server = OssSimulator.builder().time(time).start()) {
      server.put("logs", "healthy", new byte[1000]);
      Watched scheduler = new Watched(Scheduler.system(), new AtomicInteger());
      OssResilience oss = oss(server.endpoint()).time(time, time).scheduler(scheduler).build();
      OssCallFactory factory = OssCallFactory.of(client, oss);
      pass(factory, server, healthy); // warm-up
      long alone = Long.MAX_VALUE;
      long with = Long.MAX_VALUE;
      for (int round = 0; round < 3; round++) {
        alone = Math.min(alone, pass(factory, server, healthy));
        List<Call> waiting = calls(factory, server.endpoint() + "/logs/throttled", 1000);
        Counting throttled = new Counting(waiting.size());
        waiting.forEach(call -> call.enqueue(throttled));
        scheduler.await(1000 * (round + 1));
        with = Math.min(with, pass(factory, server, healthy));
        assertThat(throttled.ended.getCount()).as("all of them still wait").isEqualTo(1000);
        waiting.forEach(Call::cancel);
        throttled.ended.await();
      }
      System.out.println(
          "healthy calls per second: " + perSecond(healthy, alone) + " alone, " + perSecond(healthy, with) + " with 1,000 throttled ones waiting");
    }
    client.connectionPool().evictAll();
  }

  private static long perSecond(int calls, long nanos) {
    return calls * 1_000_000_000L / nanos;
  }

  /** How long so many calls take at once, in nanoseconds; none may fail. */
  private static long pass(OssCallFactory factory, OssSimulator server, int count) throws InterruptedException {
    Counting counted = new Counting(count);
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      factory.newCall(new Request.Builder().url(server.endpoint() + "/logs/healthy").build()).enqueue(counted);
    }
    counted.ended.await();
    long end = System.nanoTime();
    assertThat(counted.failures).hasValue(0);
    return end - begin;
  }
}
