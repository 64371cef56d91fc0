package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.conformance.LiveObjects;
import dev.ossresilience.time.Scheduler;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it costs that many calls wait: no thread, little memory. */
@Timeout(120)
class ManyWaitingTest {
  private static final int COUNT = 10_000;

  /** What a call that waits may hold beyond what the client's own call does. */
  private static final long MAX_BYTES_BEYOND_PLAIN = 2048;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final RetryPolicy PATIENT =
      RetryPolicy.builder().totalTimeout(HOUR.multipliedBy(9)).throttledBackoff(Backoff.exponential(HOUR, HOUR)).build();

  private static final byte[] THROTTLED =
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
      """
          .getBytes(StandardCharsets.UTF_8);

  /** A call that waits for its connection: the least that a client keeps of one. */
  private record Parked(HttpRequest request, @Nullable AsyncEntityProducer body, AsyncExecChain.Scope scope, AsyncExecCallback callback) {}

  /** Counts the ends, and keeps nothing. */
  private record Counting(CountDownLatch ended) implements FutureCallback<SimpleHttpResponse> {
    @Override
    public void completed(SimpleHttpResponse response) {
      ended.countDown();
    }

    @Override
    public void failed(Exception cause) {
      ended.countDown();
    }

    @Override
    public void cancelled() {
      ended.countDown();
    }
  }

  /** The usual one, which tells when so many calls wait. */
  private record Watched(Scheduler scheduler, CountDownLatch waits) implements Scheduler {
    @Override
    public Future<?> schedule(Runnable task, Duration delay) {
      Future<?> wait = scheduler.schedule(task, delay);
      if (!delay.isZero()) {
        waits.countDown();
      }
      return wait;
    }

    /** No wait. */
    @Override
    public Future<?> limit(Runnable task, Duration limit) {
      return scheduler.limit(task, limit);
    }

    @Override
    public void execute(Runnable task) {
      scheduler.execute(task);
    }

    @Override
    public void fetch(Runnable task) {
      scheduler.fetch(task);
    }
  }

  /** Answers as a throttling OSS does. */
  private static void throttle(AsyncExecCallback callback) {
    BasicHttpResponse response = new BasicHttpResponse(503, copyOf("Service Unavailable"));
    response.setHeader("Server", copyOf("AliyunOSS"));
    response.setHeader("Date", copyOf("Thu, 15 Jan 2026 12:00:00 GMT"));
    response.setHeader("Content-Type", copyOf("application/xml"));
    response.setHeader("Connection", copyOf("keep-alive"));
    response.setHeader("x-oss-request-id", copyOf("69719A5DB9C3A53238AEB1B2"));
    response.setHeader("x-oss-server-time", Integer.toString(12));
    response.setHeader("x-oss-ec", copyOf("0048-00000108"));
    try {
      AsyncDataConsumer consumer = callback.handleResponse(response, new BasicEntityDetails(THROTTLED.length, null));
      consumer.consume(ByteBuffer.wrap(THROTTLED.clone()));
      consumer.streamEnd(List.of());
      callback.completed();
    } catch (Exception e) {
      callback.failed(e);
    }
  }

  /** As if it came from the wire, a string of its own. */
  private static String copyOf(String text) {
    return new String(text.toCharArray());
  }

  private static OssResilience oss(Scheduler scheduler) {
    return OssResilience.builder()
        .pacing(false)
        .retryBudget(RetryBudget.unlimited()) // it is waiting that is looked at, not whether there should be any
        .withoutCircuitBreaker()
        .endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com"))
        .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
        .policy(PATIENT)
        .random(() -> 0.9)
        .scheduler(scheduler)
        .build();
  }

  private static HttpAsyncClientBuilder clientWith(AsyncExecChainHandler connecting) {
    return HttpAsyncClients.custom().addExecInterceptorBefore(ChainElement.CONNECT.name(), "instead of a server", connecting);
  }

  private static List<Future<?>> calls(CloseableHttpAsyncClient client, String method, FutureCallback<SimpleHttpResponse> callback) {
    List<Future<?>> calls = new ArrayList<>(COUNT);
    byte[] content = new byte[100];
    String query = method.equals("POST") ? "?append&position=0" : "";
    for (int i = 0; i < COUNT; i++) {
      HttpRequest request = new BasicHttpRequest(method, URI.create("https://bucket.oss-cn-hangzhou.aliyuncs.com/throttled/" + i + query));
      AsyncEntityProducer body = method.equals("GET") ? null : new BasicAsyncEntityProducer(content, null);
      calls.add(client.execute(new BasicRequestProducer(request, body), SimpleResponseConsumer.create(), callback));
    }
    return calls;
  }

  private static List<Thread> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("oss-resilience")).toList();
  }

  @ParameterizedTest
  @CsvSource({"handler,GET", "handler,PUT", "handler,POST", "wrap,GET", "wrap,POST"})
  void tenThousandInBackoffHoldTwoThreadsAndLittleMemory(String binding, String method) throws InterruptedException {
    // Loads what there is to load, too. What an earlier case lets go of only now would make the first figure too small.
    long plain = Math.max(bytesPerPlainCall(method), bytesPerPlainCall(method));
    List<Thread> others = ourThreads();
    Watched scheduler = new Watched(Scheduler.system(), new CountDownLatch(COUNT));
    HttpAsyncClientBuilder builder = clientWith((request, body, scope, chain, callback) -> throttle(callback));
    CloseableHttpAsyncClient client =
        binding.equals("wrap")
            ? OssHttpClients.wrap(builder.disableAutomaticRetries().disableRedirectHandling().build(), oss(scheduler))
            : OssHttpClients.configure(builder, oss(scheduler)).build();
    client.start();
    Counting counting = new Counting(new CountDownLatch(COUNT));
    LiveObjects before = LiveObjects.now();
    List<Future<?>> calls = calls(client, method, counting);
    scheduler.waits().await();
    LiveObjects waiting = LiveObjects.now();
    List<String> threads = ourThreads().stream().filter(thread -> !others.contains(thread)).map(Thread::getName).toList();
    calls.forEach(call -> call.cancel(true));
    counting.ended().await();
    client.close(CloseMode.IMMEDIATE);
    long perCall = waiting.bytesSince(before) / COUNT;
    System.out.println(
        "10,000 calls in backoff, async " + binding + ", " + method + ": threads " + threads + "; heap per call " + perCall + " B, " + plain
            + " B for one of the client's own that waits for a connection");
    assertThat(threads).hasSizeLessThanOrEqualTo(2);
    assertThat(perCall - plain).as(waiting.worstSince(before)).isLessThanOrEqualTo(MAX_BYTES_BEYOND_PLAIN);
  }

  private static long bytesPerPlainCall(String method) {
    Queue<Parked> parked = new ConcurrentLinkedQueue<>();
    CloseableHttpAsyncClient client =
        clientWith((request, body, scope, chain, callback) -> parked.add(new Parked(request, body, scope, callback))).build();
    client.start();
    LiveObjects before = LiveObjects.now();
    List<Future<?>> calls = calls(client, method, new Counting(new CountDownLatch(COUNT)));
    LiveObjects waiting = LiveObjects.now();
    assertThat(parked).hasSize(COUNT);
    calls.forEach(call -> call.cancel(true));
    client.close(CloseMode.IMMEDIATE);
    return waiting.bytesSince(before) / COUNT;
  }
}
