package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wrapped client makes of failures; what reached the server is checked as well as what the caller sees. */
class RecoveryTest extends OverSimulator {
  static Stream<Fault> passing() {
    return Stream.of(
        Fault.requestTimeout(),
        Fault.throttled("DownloadTrafficRateLimitExceeded"),
        Fault.throttled("UploadTrafficRateLimitExceeded"),
        Fault.throttled("TotalQpsLimitExceeded"),
        Fault.internalError(),
        Fault.applyThenInternalError(),
        Fault.gatewayError(502),
        Fault.gatewayError(504),
        Fault.applyThenGatewayError(502),
        Fault.applyThenGatewayError(504),
        Fault.drop(),
        Fault.dropMidBody(),
        Fault.applyThenDrop());
  }

  @ParameterizedTest
  @MethodSource("passing")
  void putSurvivesWhatPasses(Fault fault) throws IOException {
    server.faults().next(fault);

    assertThat(send(put("a", "hello")).status()).isEqualTo(200);

    assertThat(stored("a")).isEqualTo("hello");
    assertThat(server.faults().happened(fault)).isEqualTo(1);
    assertThat(server.requestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("passing")
  void getSurvivesWhatPasses(Fault fault) throws IOException {
    server.put("logs", "a", bytes("hello"));
    server.faults().next(fault);

    assertThat(send(get("a")).body()).isEqualTo("hello");
    assertThat(server.requestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("passing")
  void appendIsStoredOnceWhateverPasses(Fault fault) throws IOException {
    server.append("logs", "a", bytes("before "));
    server.faults().next(fault);

    Reply reply = send(append("a", 7, "hello"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("x-oss-next-append-position")).isEqualTo("12");
    assertThat(stored("a")).isEqualTo("before hello");
    assertThat(server.faults().happened(fault)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void wrongClockIsCorrectedWithinTheSameCall(Duration offset) throws IOException {
    server.clockOffset(offset);

    assertThat(send(put("a", "hello")).status()).isEqualTo(200);
    assertThat(send(append("b", 0, "hello")).status()).isEqualTo(200);

    assertThat(traffic()).containsExactly("PUT 403", "PUT 200", "POST 200");
    assertThat(stored("a")).isEqualTo("hello");
    assertThat(time.nanoTime()).isZero();
  }

  @Test
  void headIsCorrectedThoughItsErrorHasNoBody() throws IOException {
    server.put("logs", "a", bytes("hello"));
    server.clockOffset(Duration.ofHours(1));

    assertThat(send(new HttpHead(url("a"))).status()).isEqualTo(200);
    assertThat(traffic()).containsExactly("HEAD 403", "HEAD 200");
  }

  @Test
  void absentObjectIsReportedAtOnceWithTheErrorToRead() throws IOException {
    Reply reply = send(get("absent"));

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).startsWith("<?xml").contains("<Code>NoSuchKey</Code>").endsWith("</Error>\n");
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(reply.body().length()));
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void deniedRequestIsReportedAtOnceWithTheErrorToRead() throws IOException {
    server.faults().next(Fault.error(403, "AccessDenied"));

    Reply reply = send(put("a", "x"));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains("<Code>AccessDenied</Code>");
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void lastErrorCanBeReadWhenAllAttemptsFailed() throws IOException {
    for (int i = 0; i < 5; i++) {
      server.faults().next(Fault.throttled("TotalQpsLimitExceeded"));
    }

    Reply reply = send(put("a", "x"));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).contains("<Code>TotalQpsLimitExceeded</Code>");
    assertThat(server.requestCount()).isEqualTo(5);
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.ERROR_RESPONSE);
  }

  @Test
  void earlierFailuresAreAttachedToTheLast() {
    server.faults().next(Fault.drop(), Fault.drop());
    RetryPolicy twice = RetryPolicy.builder().maxAttempts(2).build();
    CloseableHttpClient impatient = OssHttpClients.wrap(plain, settings().policy(twice).build());

    assertThatThrownBy(() -> send(impatient, get("a")))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).filteredOn(IOException.class::isInstance).hasSize(1));
    assertThat(server.requestCount()).isEqualTo(2);
  }

  @Test
  void successWhoseBodyBreaksOffIsTheCallersToNotice() {
    server.put("logs", "a", bytes("a longer text"));
    server.faults().next(Fault.truncateResponse());

    assertThatThrownBy(() -> send(get("a"))).isInstanceOf(IOException.class);
  }

  @Test
  void errorWhoseBodyBreaksOffIsStillAnError() throws IOException {
    server.faults().next(Fault.truncateResponse());
    ClassicHttpResponse response = client.executeOpen(null, get("absent"), null);

    assertThat(response.getCode()).isEqualTo(404);
    assertThat(response.getEntity().getContent().readNBytes(5)).isEqualTo(bytes("<?xml"));
    // From here on as with the client alone, which fails on closing as well.
    assertThatThrownBy(() -> read(response)).isInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(response::close).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void failedAttemptsGiveTheirConnectionsBack() throws IOException {
    for (int call = 0; call < 30; call++) { // the pool has 5 connections per route: a leak would exhaust it
      server.faults().next(Fault.throttled("TotalQpsLimitExceeded"), Fault.applyThenInternalError());
      assertThat(send(append("a", call, "x")).status()).isEqualTo(200);
      assertThat(send(get("absent")).status()).isEqualTo(404);
    }
    assertThat(stored("a")).hasSize(30);
  }
}
