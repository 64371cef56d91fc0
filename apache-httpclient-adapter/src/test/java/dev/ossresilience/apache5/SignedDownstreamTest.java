package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssResilience;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.Reason;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.fault.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interceptor behind ours signs: what a program has that signed its requests before it had the middleware. */
class SignedDownstreamTest extends OverSimulator {
  enum Way {
    CONFIGURE,
    WRAP,
    CONFIGURE_ASYNC,
    WRAP_ASYNC
  }

  private final OssSigner signer = OssSigner.v4("cn-hangzhou", () -> Credentials.of("ak", "sk"));

  @ParameterizedTest
  @EnumSource
  void itIsAskedForEachAttemptAndLooksAtTheCorrectedClock(Way way) throws Exception {
    OssResilience oss = settings().scheduler(new VirtualScheduler(time)).signedDownstream().build();
    server.clockOffset(Duration.ofMinutes(20));
    server.faults().next(Fault.internalError());

    assertThat(status(way, oss)).isEqualTo(200);
    assertThat(stored("a.txt")).isEqualTo("hello");
    assertThat(traffic()).containsExactly("PUT 500", "PUT 403", "PUT 200");
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).events()).extracting(Event::reason).contains(Reason.CLOCK_SKEW);
    assertThat(oss.clockOffset()).isEqualTo(Duration.ofMinutes(20));
  }

  private int status(Way way, OssResilience oss) throws Exception {
    HttpRequestInterceptor signs =
        (request, entity, context) -> {
          assertThat(request.containsHeader("Authorization")).as("somebody has signed it before").isFalse();
          signer.sign(SigningRequest.of(request.getMethod(), "logs", "a.txt"), oss.clock().instant()).forEach(request::setHeader);
        };
    HttpClientBuilder classic = HttpClients.custom().addRequestInterceptorLast(signs);
    HttpAsyncClientBuilder async = HttpAsyncClients.custom().addRequestInterceptorLast(signs);
    return switch (way) {
      case CONFIGURE -> put(OssHttpClients.configure(classic, oss).build());
      case WRAP -> put(OssHttpClients.wrap(classic.disableAutomaticRetries().build(), oss));
      case CONFIGURE_ASYNC -> put(OssHttpClients.configure(async, oss).build());
      case WRAP_ASYNC -> {
        async.disableAutomaticRetries();
        yield put(OssHttpClients.wrap(async.disableRedirectHandling().build(), oss));
      }
    };
  }

  private int put(CloseableHttpClient through) throws Exception {
    try (through) {
      return send(through, put("a.txt", "hello")).status();
    }
  }

  private int put(CloseableHttpAsyncClient through) throws Exception {
    try (through) {
      through.start();
      TestRequest put = new TestRequest("PUT", URI.create(url("a.txt")), Map.of(), bytes("hello"), false);
      return through.execute(AsyncUnderTest.producer(put), SimpleResponseConsumer.create(), null).get().getCode();
    }
  }
}
