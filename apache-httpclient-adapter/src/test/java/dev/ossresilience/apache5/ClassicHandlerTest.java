package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssDeadlineException;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.time.Waiter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The handler in a client's own chain: what the conformance suite doesn't ask. */
class ClassicHandlerTest extends OverSimulator {
  /** Within which a wait must have ended; the machine's own pauses come on top. */
  private static final Duration SOON = Duration.ofMillis(50);

  private final HttpClientBuilder builder = HttpClients.custom();
  private CloseableHttpClient configured = OssHttpClients.configure(builder, settings().build()).build();

  @AfterEach
  void closeConfigured() throws IOException {
    configured.close();
  }

  private void rebuild(Waiter waiter) throws IOException {
    configured.close();
    configured = OssHttpClients.configure(HttpClients.custom(), settings().time(time, waiter).build()).build();
  }

  /** Does something when the call waits, and then really waits, as {@link Waiter} demands it. */
  private static Waiter afterThat(Runnable first) {
    return (nanos, cancelled) -> {
      first.run();
      long start = System.nanoTime();
      Waiter.system().await(TimeUnit.SECONDS.toNanos(20), cancelled);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON.multipliedBy(20));
    };
  }

  @Test
  void everyAttemptIsSignedAnew() throws IOException {
    server.clockOffset(Duration.ofHours(1));
    server.put("logs", "a", bytes("hello"));

    assertThat(send(configured, get("a")).body()).isEqualTo("hello");
    assertThat(traffic()).containsExactly("GET 403", "GET 200");
  }

  @Test
  void bodyThatWasConsumedIsNeverSentAsAnEmptyOne() throws IOException {
    server.faults().next(Fault.internalError(), Fault.internalError());
    HttpPut put = put("a", "");
    put.setEntity(new InputStreamEntity(new ByteArrayInputStream(bytes("hello")), 5, null));

    Reply reply = send(configured, put);

    assertThat(reply.status()).isEqualTo(500);
    assertThat(traffic()).containsExactly("PUT 500");
    assertThat(stored("a")).isEqualTo("(absent)");
  }

  @Test
  void cancelledRequestEndsItsWaitWithTheClientsOwnException() throws IOException {
    HttpGet request = get("a");
    server.faults().next(Fault.internalError());
    rebuild(afterThat(request::cancel));

    assertThatThrownBy(() -> send(configured, request)).isInstanceOf(RequestFailedException.class).hasMessage("Request aborted");
    assertThat(server.requestCount()).isEqualTo(1);
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void interruptEndsAWaitAndIsKept() throws IOException {
    server.faults().next(Fault.internalError());
    Thread caller = Thread.currentThread();
    rebuild(afterThat(caller::interrupt));

    assertThatThrownBy(() -> send(configured, get("a"))).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void closedClientEndsAWait() throws IOException {
    server.faults().next(Fault.internalError());
    rebuild(afterThat(this::close));

    assertThatThrownBy(() -> send(configured, get("a"))).isInstanceOf(ConnectionClosedException.class);
    assertThat(server.requestCount()).isEqualTo(1);
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void closedWrapperEndsAWaitToo() throws IOException {
    server.faults().next(Fault.internalError());
    configured.close();
    configured = OssHttpClients.wrap(HttpClients.custom().disableAutomaticRetries().build(), settings().time(time, afterThat(this::close)).build());

    assertThatThrownBy(() -> send(configured, get("a"))).isInstanceOf(ConnectionClosedException.class);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  private void close() {
    try {
      configured.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void responseTimeoutAndTotalDeadlineBothHold() throws IOException {
    configured.close();
    RequestConfig config = RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(200)).build();
    RetryPolicy policy = RetryPolicy.builder().maxAttempts(5).totalTimeout(Duration.ofMillis(1)).build();
    configured = OssHttpClients.configure(HttpClients.custom().setDefaultRequestConfig(config), settings().policy(policy).build()).build();
    server.faults().next(Fault.stall(), Fault.stall());

    assertThatThrownBy(() -> send(configured, get("a"))).isInstanceOf(OssDeadlineException.class).hasCauseInstanceOf(SocketTimeoutException.class);
    assertThat(reports.get(0).attempts()).isEqualTo(1);
  }

  @Test
  void redirectIsNotFollowedAndOtherHostsAreNotSigned() throws IOException {
    assertThat(send(configured, new HttpGet(server.endpoint().replace("127.0.0.1", "localhost") + "/logs/a")).status()).isEqualTo(403);
    assertThat(reports).isEmpty();
  }
}
