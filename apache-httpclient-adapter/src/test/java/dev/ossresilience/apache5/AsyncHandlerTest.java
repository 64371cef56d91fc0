package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssResilience;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssDeadlineException;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.time.Scheduler;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/** The handler in an asynchronous client's chain: what the conformance suite doesn't ask. */
class AsyncHandlerTest extends OverSimulator {
  /** A machine with nothing to do needs some ms for what must happen soon. */
  private static final long SOON_SECONDS = 10;

  /** Waits that never end by themselves. */
  private static final class Held implements Scheduler {
    private final Scheduler real = Scheduler.system();
    private final CountDownLatch waiting = new CountDownLatch(1);

    @Override
    public Future<?> schedule(Runnable task, Duration delay) {
      if (delay.isZero()) {
        return real.schedule(task, delay);
      }
      waiting.countDown();
      return new FutureTask<>(task, null);
    }

    /** No wait. */
    @Override
    public Future<?> limit(Runnable task, Duration limit) {
      return real.limit(task, limit);
    }

    @Override
    public void execute(Runnable task) {
      real.execute(task);
    }
  }

  private final Held held = new Held();
  private @Nullable CloseableHttpAsyncClient async;

  @AfterEach
  void closeAsync() {
    if (async != null) {
      async.close(CloseMode.IMMEDIATE);
    }
  }

  private CloseableHttpAsyncClient open(OssResilience.Builder settings) {
    RequestConfig config = RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(500)).build();
    IOReactorConfig oneThread = IOReactorConfig.custom().setIoThreadCount(1).setSelectInterval(Timeout.ofMilliseconds(10)).build();
    CloseableHttpAsyncClient opened =
        OssHttpClients.configure(HttpAsyncClients.custom().setIOReactorConfig(oneThread).setDefaultRequestConfig(config), settings.build()).build();
    opened.start();
    async = opened;
    return opened;
  }

  private OssResilience.Builder virtual() {
    return settings().scheduler(new VirtualScheduler(time));
  }

  private static Future<SimpleHttpResponse> begin(CloseableHttpAsyncClient through, TestRequest request) {
    return through.execute(AsyncUnderTest.producer(request), SimpleResponseConsumer.create(), null);
  }

  private TestRequest getting(String key) {
    return new TestRequest("GET", URI.create(url(key)), Map.of(), null, false);
  }

  private void awaitReport() {
    while (reports.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void cancelledFutureEndsItsWaitAndNothingMoreIsSent() throws Exception {
    server.faults().next(Fault.internalError());
    Future<SimpleHttpResponse> future = begin(open(settings().scheduler(held)), getting("a"));
    held.waiting.await();

    future.cancel(true);

    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    awaitReport();
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void clientClosedWhileACallWaitsEndsThatCall() throws Exception {
    server.faults().next(Fault.internalError());
    CloseableHttpAsyncClient closed = open(settings().scheduler(held));
    Future<SimpleHttpResponse> future = begin(closed, getting("a"));
    held.waiting.await();

    closed.close();

    assertThatThrownBy(() -> future.get(SOON_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ConnectionClosedException.class);
    awaitReport();
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  /** The client that was configured can't tell: its own shutdown tells nobody before it is closed. */
  @Test
  void shutdownOfAWrapperEndsACallThatWaits() throws Exception {
    server.faults().next(Fault.internalError());
    CloseableHttpAsyncClient wrapper = OssHttpClients.wrap(HttpAsyncClients.custom().disableAutomaticRetries().build(), settings().scheduler(held).build());
    wrapper.start();
    async = wrapper;
    Future<SimpleHttpResponse> future = begin(wrapper, getting("a"));
    held.waiting.await();

    wrapper.initiateShutdown();

    assertThatThrownBy(() -> future.get(SOON_SECONDS, TimeUnit.SECONDS)).hasCauseInstanceOf(ConnectionClosedException.class);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void callOfAClosedClientEndsAtOnce() throws Exception {
    CloseableHttpAsyncClient closed = open(virtual());
    closed.close(CloseMode.IMMEDIATE);

    assertThatThrownBy(() -> begin(closed, getting("a")).get(SOON_SECONDS, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void providerThatBlocksHoldsNoThreadThatDoesIo() throws Exception {
    server.put("logs", "a", bytes("hello"));
    CountDownLatch fetched = new CountDownLatch(1);
    OssSigner slow =
        OssSigner.v4(
            "cn-hangzhou",
            () -> {
              try {
                fetched.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return Credentials.of("ak", "sk");
            });
    CloseableHttpAsyncClient blocked = open(virtual().signer(slow));
    Future<SimpleHttpResponse> first = begin(blocked, getting("a"));
    URI elsewhere = URI.create(url("a").replace("127.0.0.1", "localhost"));
    Future<SimpleHttpResponse> other = begin(blocked, new TestRequest("GET", elsewhere, Map.of(), null, false));

    assertThat(other.get(SOON_SECONDS, TimeUnit.SECONDS).getCode()).isEqualTo(403);
    assertThat(first.isDone()).isFalse();
    fetched.countDown();
    assertThat(first.get(SOON_SECONDS, TimeUnit.SECONDS).getCode()).isEqualTo(200);
  }

  @Test
  void bodyThatWasConsumedIsNeverSentAsAnEmptyOne() throws Exception {
    server.faults().next(Fault.internalError());
    TestRequest put = new TestRequest("PUT", URI.create(url("a")), Map.of(), bytes("hello"), true);

    assertThat(begin(open(virtual()), put).get().getCode()).isEqualTo(500);
    assertThat(stored("a")).isEqualTo("(absent)");
    assertThat(traffic()).containsExactly("PUT 500");
  }

  @Test
  void oneShotBodyOfNoBytesIsNotAskedASecondTime() {
    server.faults().next(Fault.drop());
    TestRequest put = new TestRequest("PUT", URI.create(url("a")), Map.of(), new byte[0], true);

    assertThatThrownBy(() -> begin(open(virtual()), put).get(SOON_SECONDS, TimeUnit.SECONDS))
        .as("it would never end, and keep the client's thread busy")
        .isInstanceOf(ExecutionException.class);
    assertThat(traffic()).containsExactly("PUT dropped");
  }

  @Test
  void errorBodyThatIsLongerThanIsLookedAtReachesTheCallerWhole() throws Exception {
    server.faults().next(Fault.longGatewayError(502));
    OssResilience.Builder once = virtual().policy(RetryPolicy.builder().maxAttempts(1).build());

    SimpleHttpResponse response = begin(open(once), getting("a")).get(SOON_SECONDS, TimeUnit.SECONDS);

    assertThat(response.getCode()).isEqualTo(502);
    assertThat(response.getBodyBytes()).hasSize(Integer.parseInt(response.getFirstHeader("Content-Length").getValue())).hasSizeGreaterThan(64 * 1024);
  }

  @Test
  void responseTimeoutEndsAnAttemptAndTheNextOneSucceeds() throws Exception {
    server.put("logs", "a", bytes("hello"));
    server.faults().next(Fault.stall());

    assertThat(begin(open(virtual()), getting("a")).get(SOON_SECONDS, TimeUnit.SECONDS).getBodyText()).isEqualTo("hello");
    assertThat(reports.get(0).attempts()).isEqualTo(2);
  }

  @Test
  void responseTimeoutIsWhatTheCallerSeesWhenTheDeadlineAllowsNoMore() {
    RetryPolicy brief = RetryPolicy.builder().totalTimeout(Duration.ofMillis(1)).build();
    server.faults().next(Fault.stall());

    assertThatThrownBy(() -> begin(open(virtual().policy(brief)), getting("a")).get(SOON_SECONDS, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OssDeadlineException.class)
        .hasRootCauseInstanceOf(SocketTimeoutException.class);
    assertThat(server.requestCount()).isLessThanOrEqualTo(1);
  }

  @Test
  void connectionThatSaidAnErrorIsUsedAgain() throws Exception {
    server.put("logs", "a", bytes("hello"));
    server.faults().next(Fault.internalError(), Fault.internalError());

    assertThat(begin(open(virtual()), getting("a")).get(SOON_SECONDS, TimeUnit.SECONDS).getBodyText()).isEqualTo("hello");
    assertThat(traffic()).containsExactly("GET 500", "GET 500", "GET 200");
  }

  @Test
  void wrappedClientSendsEachAttemptAsACallOfItsOwn() throws Exception {
    server.put("logs", "a", bytes("hello"));
    server.faults().next(Fault.internalError());
    try (CloseableHttpAsyncClient wrapped =
        OssHttpClients.wrap(HttpAsyncClients.custom().disableAutomaticRetries().disableRedirectHandling().build(), virtual().build())) {
      wrapped.start();

      assertThat(begin(wrapped, getting("a")).get(SOON_SECONDS, TimeUnit.SECONDS).getBodyText()).isEqualTo("hello");
      assertThat(traffic()).containsExactly("GET 500", "GET 200");
      assertThat(reports.get(0).attempts()).as("%s", reports.get(0).events()).isEqualTo(2);
    }
  }
}
