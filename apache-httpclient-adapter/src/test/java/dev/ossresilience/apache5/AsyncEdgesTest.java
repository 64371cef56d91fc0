package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jspecify.annotations.Nullable;

/** What callers of an asynchronous client do to a call at awkward moments. */
@Timeout(20)
class AsyncEdgesTest extends OverSimulator {
  private final PoolingAsyncClientConnectionManager pool =
      PoolingAsyncClientConnectionManagerBuilder.create().setMaxConnTotal(1).setMaxConnPerRoute(1).build();
  private final List<Socket> silentOnes = new CopyOnWriteArrayList<>();
  private @Nullable CloseableHttpAsyncClient async;

  @AfterEach
  void closeAsync() throws IOException {
    for (Socket each : silentOnes) {
      each.close();
    }
    if (async != null) {
      async.close(CloseMode.IMMEDIATE);
    }
  }

  private HttpAsyncClientBuilder builder() {
    RequestConfig config = RequestConfig.custom().setResponseTimeout(org.apache.hc.core5.util.Timeout.ofSeconds(20)).build();
    return HttpAsyncClients.custom().setConnectionManager(pool).setDefaultRequestConfig(config).disableAutomaticRetries();
  }

  private CloseableHttpAsyncClient open(OssResilience.Builder settings) {
    return started(OssHttpClients.configure(builder(), settings.build()).build());
  }

  private CloseableHttpAsyncClient started(CloseableHttpAsyncClient opened) {
    opened.start();
    async = opened;
    return opened;
  }

  private OssResilience.Builder virtual() {
    return settings().scheduler(new VirtualScheduler(time));
  }

  private OssResilience.Builder once() {
    return virtual().policy(RetryPolicy.builder().maxAttempts(1).build());
  }

  private TestRequest getting(String key) {
    return new TestRequest("GET", URI.create(url(key)), Map.of(), null, false);
  }

  private static void until(BooleanSupplier reached) {
    while (!reached.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  private static Future<SimpleHttpResponse> begin(CloseableHttpAsyncClient through, TestRequest request) {
    return through.execute(AsyncUnderTest.producer(request), SimpleResponseConsumer.create(), null);
  }

  @Test
  void callThatWaitsForAConnectionEndsWhenTheClientIsClosed() throws Exception {
    closeWhileACallWaitsForAConnection(open(virtual()));
  }

  @Test
  void callThatWaitsForAConnectionEndsWhenTheWrappedClientIsClosed() throws Exception {
    closeWhileACallWaitsForAConnection(started(OssHttpClients.wrap(builder().build(), virtual().build())));
  }

  private void closeWhileACallWaitsForAConnection(CloseableHttpAsyncClient closed) throws Exception {
    server.faults().next(Fault.stall());
    Future<SimpleHttpResponse> first = begin(closed, getting("a"));
    until(() -> pool.getTotalStats().getLeased() == 1);
    Future<SimpleHttpResponse> second = begin(closed, getting("a"));
    until(() -> pool.getTotalStats().getPending() == 1);

    closed.close(CloseMode.IMMEDIATE);

    assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
  }

  @Test
  void damagedUploadIsSignedAgainOnNoThreadThatDoesIo() throws Exception {
    List<String> threads = new CopyOnWriteArrayList<>();
    OssSigner signer =
        OssSigner.v4(
            "cn-hangzhou",
            () -> {
              threads.add(Thread.currentThread().getName());
              return Credentials.of("ak", "sk");
            });
    server.faults().next(Fault.corruptBody());
    TestRequest put = new TestRequest("PUT", URI.create(url("a")), Map.of(), bytes("hello"), false);

    assertThat(begin(open(virtual().signer(signer)), put).get(10, TimeUnit.SECONDS).getCode()).isEqualTo(200);

    assertThat(traffic()).hasSize(2);
    assertThat(threads).isNotEmpty().noneMatch(name -> name.startsWith("httpclient-dispatch"));
  }

  /** Does something when some of the body comes. */
  private static final class Awkwardly implements AsyncEntityConsumer<String> {
    private final Runnable onData;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable FutureCallback<String> result;

    Awkwardly(Runnable onData) {
      this.onData = onData;
    }

    @Override
    public void streamStart(@Nullable EntityDetails details, FutureCallback<String> callback) {
      result = callback;
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
      channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) {
      source.position(source.limit());
      onData.run();
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
      FutureCallback<String> callback = result;
      if (callback != null) {
        callback.completed("");
      }
    }

    @Override
    public String getContent() {
      return "";
    }

    @Override
    public void failed(Exception cause) {
      failures.incrementAndGet();
    }

    @Override
    public void releaseResources() {
      // nothing is held
    }
  }

  private Future<?> begin(CloseableHttpAsyncClient through, TestRequest request, AsyncEntityConsumer<String> into) {
    return through.execute(AsyncUnderTest.producer(request), new BasicResponseConsumer<>(into), null);
  }

  @Test
  void consumerThatCancelsWhileItIsGivenAnErrorIsToldOnce() throws Exception {
    server.faults().next(Fault.longGatewayError(502));
    AtomicReference<Future<?>> mine = new AtomicReference<>();
    Awkwardly consumer = new Awkwardly(() -> {
      Future<?> own;
      while ((own = mine.get()) == null) {
        Thread.onSpinWait();
      }
      own.cancel(true);
    });
    CloseableHttpAsyncClient client = open(once());
    mine.set(begin(client, getting("a"), consumer));

    until(() -> consumer.failures.get() > 0);
    assertThat(begin(client, getting("a")).get(10, TimeUnit.SECONDS).getCode()).isEqualTo(404);
    assertThat(consumer.failures).hasValue(1);
    until(() -> pool.getTotalStats().getLeased() == 0);
  }

  @Test
  void consumerThatThrowsAnErrorEndsItsCall() throws Exception {
    server.faults().next(Fault.internalError());
    CloseableHttpAsyncClient client = open(once());
    Future<?> future = begin(client, getting("a"), new Awkwardly(() -> {
      throw new AssertionError("a mistake of the caller's");
    }));

    assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    assertThat(begin(client, getting("a")).get(10, TimeUnit.SECONDS).getCode()).isEqualTo(404);
  }

  @Test
  void consumerThatThrowsEndsItsCall() throws Exception {
    server.faults().next(Fault.internalError());
    CloseableHttpAsyncClient client = open(once());
    Future<?> future = begin(client, getting("a"), new Awkwardly(() -> {
      throw new IllegalStateException("a mistake of the caller's");
    }));

    assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    assertThat(begin(client, getting("a")).get(10, TimeUnit.SECONDS).getCode()).isEqualTo(404);
  }

  @Test
  void providerThatFailsWithAnErrorWhileItRefreshesEndsTheCall() throws Exception {
    server.faults().next(Fault.securityTokenExpired());
    CredentialsProvider broken = new CredentialsProvider() {
      @Override
      public Credentials current() {
        return Credentials.of("ak", "sk");
      }

      @Override
      public boolean refresh(Credentials refused, Duration atMost) {
        throw new NoClassDefFoundError("an SDK that isn't there");
      }
    };
    OssResilience.Builder real =
        OssResilience.builder().endpoint(OssEndpoint.of(server.endpoint())).signer(OssSigner.v4("cn-hangzhou", broken));
    CloseableHttpAsyncClient client = open(real);

    assertThat(begin(client, getting("a")).get(5, TimeUnit.SECONDS).getCode()).isEqualTo(403);
  }

  /** A server that says 503 and then nothing: the head comes, its body never does. The next connection gets a success. */
  private void saySilently(ServerSocket silent) {
    String[] answers = {"503 Slow Down\r\nContent-Length: 500\r\n\r\n", "200 OK\r\nx-oss-request-id: 1\r\nContent-Length: 5\r\n\r\nhello"};
    try {
      for (String answer : answers) {
        Socket connection = silent.accept();
        silentOnes.add(connection);
        connection.getInputStream().read(new byte[8192]);
        connection.getOutputStream().write(bytes("HTTP/1.1 " + answer));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  @Test
  void errorWhoseBodyNeverComesIsNotWaitedFor() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> saySilently(silent));
      thread.setDaemon(true);
      thread.start();
      String endpoint = "http://127.0.0.1:" + silent.getLocalPort();
      CloseableHttpAsyncClient client = open(virtual().endpoint(OssEndpoint.of(endpoint)));
      TestRequest get = new TestRequest("GET", URI.create(endpoint + "/logs/a"), Map.of(), null, false);

      long begun = System.nanoTime();
      assertThat(begin(client, get).get(15, TimeUnit.SECONDS).getBodyText()).as("the client alone would wait for 20 s").isEqualTo("hello");
      System.out.println("an error without its body was given up after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
      assertThat(reports.get(0).attempts()).isEqualTo(2);
    }
  }

  private static final int GIVEN_UP = 10;

  /** Calls that are cancelled while the server says nothing; how many connections stay taken is to see in the pool. */
  private void cancelSome(CloseableHttpAsyncClient through) {
    for (int i = 1; i <= GIVEN_UP; i++) {
      server.faults().next(Fault.stall());
      Future<?> silent = begin(through, getting("a"));
      awaitRequests(i);
      silent.cancel(true);
    }
  }

  @Test
  void cancelledCallFreesItsConnectionAtOnce() {
    cancelSome(open(virtual()));

    until(() -> pool.getTotalStats().getLeased() == 0);
  }

  /** HttpClient may lose track of what to cancel if that comes too soon: not each time, where the connection was made for the call. */
  @Test
  void cancelledCallOfAWrappedClientFreesAConnectionThatWasMadeForIt() {
    pool.setMaxTotal(GIVEN_UP);
    pool.setDefaultMaxPerRoute(GIVEN_UP);
    cancelSome(started(OssHttpClients.wrap(builder().build(), virtual().build())));

    until(() -> pool.getTotalStats().getLeased() < GIVEN_UP);
    System.out.println(pool.getTotalStats().getLeased() + " of " + GIVEN_UP + " connections stay taken with a wrapped client");
  }
}
