package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors and gateways, dropped and truncated answers, clocks and redirects, and how faults are chosen and counted. */
class FaultsTest extends SimulatorFixture {
  @ParameterizedTest
  @CsvSource({
    "UploadTrafficRateLimitExceeded, Please reduce your upload request traffic",
    "DownloadTrafficRateLimitExceeded, Please reduce your download request traffic",
    "MetaOperationQpsLimitExceeded, Qps limit for the meta operation is exceeded"
  })
  void aThrottledRequestIsNotApplied(String code, String message) throws IOException {
    oss.faults().next(Fault.throttled(code));
    Response response = client.append("k", 0, "x");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body()).contains("<Code>" + code + "</Code>\n  <Message>" + message + "</Message>");
    assertThat(response.headers()).containsKey("x-oss-request-id");
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(client.append("k", 0, "x").status()).as("the connection goes on").isEqualTo(200);
    assertThat(oss.faults().happened()).containsExactly(Map.entry("Error503" + code, 1));
  }

  @Test
  void aRequestTimeoutIsNotAppliedAndClosesTheConnection() throws IOException {
    oss.faults().next(Fault.requestTimeout());
    Response response = client.append("k", 0, "x");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>RequestTimeout</Code>", "Idle connections will be closed.", "<EC>0017-00000704</EC>");
    assertThat(response.header("connection")).isEqualTo("close");
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void anInternalErrorMayHideThatTheRequestWasApplied() throws IOException {
    oss.faults().next(Fault.internalError(), Fault.applyThenInternalError());
    assertThat(client.append("k", 0, "x").status()).isEqualTo(500);
    assertThat(stored("k")).isEqualTo("(absent)");
    Response second = client.append("k", 0, "x");
    assertThat(second.status()).isEqualTo(500);
    assertThat(second.body()).contains("<Code>InternalError</Code>", "<EC>0001-00000000</EC>");
    assertThat(stored("k")).isEqualTo("x");
    assertThat(oss.faults().happened(Fault.applyThenInternalError())).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void aGatewayErrorIsAPageWithoutARequestId(int status) throws IOException {
    oss.faults().next(Fault.gatewayError(status), Fault.applyThenGatewayError(status), Fault.gatewayError(status));
    Response first = client.append("k", 0, "x");
    assertThat(first.status()).isEqualTo(status);
    assertThat(first.headers()).containsEntry("Content-Type", "text/html").doesNotContainKey("x-oss-request-id");
    assertThat(first.body()).startsWith("<html>");
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(client.append("k", 0, "x").status()).isEqualTo(status);
    assertThat(stored("k")).isEqualTo("x");
    assertThat(client.head("k").status()).isEqualTo(status);
    assertThat(client.get("k").body()).as("the connection is still in step").isEqualTo("x");
  }

  @Test
  void anAnswerCanBeLostWithOrWithoutTheRequestsEffect() throws IOException {
    oss.faults().next(Fault.drop(), Fault.applyThenDrop());
    assertThat(client.append("k", 0, "x")).isEqualTo(Response.NONE);
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(client.append("k", 0, "x")).isEqualTo(Response.NONE);
    assertThat(stored("k")).isEqualTo("x");
    assertThat(oss.requests()).extracting(ReceivedRequest::status).containsExactly(0, 0);
    assertThat(oss.requests()).extracting(ReceivedRequest::fault).containsExactly(Fault.drop(), Fault.applyThenDrop());
  }

  @Test
  void applyMeansTheUsualHandlingWithAllItsRefusals() throws IOException {
    oss.faults().next(Fault.applyThenDrop());
    client.credentials(Credentials.of("ak", "wrong")).append("k", 0, "x");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 9_000, 1 << 20})
  void aConnectionCutInTheMiddleOfABodyAppliesNothing(int length) throws IOException {
    oss.faults().next(Fault.dropMidBody());
    assertThat(client.append("k", 0, "x".repeat(length))).isEqualTo(Response.NONE);
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(oss.faults().happened()).containsExactly(Map.entry("dropMidBody", 1));
    assertThat(oss.requests()).hasSize(1);
    ReceivedRequest cut = oss.requests().get(0);
    assertThat(cut.method() + " " + cut.target()).isEqualTo("POST /logs/k?append&position=0");
    assertThat(cut.status()).isZero();
    assertThat(cut.fault()).isEqualTo(Fault.dropMidBody());
    assertThat(cut.headers()).containsKey("authorization");
    assertThat(client.append("k", 0, "x".repeat(length)).status()).isEqualTo(200);
    assertThat(stored("k")).hasSize(length);
  }

  @Test
  void cutConnectionsLeaveNothingBehindForTheNextOnes() throws IOException {
    for (int i = 0; i < 50; i++) {
      oss.faults().next(Fault.dropMidBody());
      assertThat(client.append("k", i, "y".repeat(i % 2 == 0 ? 10 : 100_000)).status()).isZero();
      assertThat(client.append("k", i, "x").status()).isEqualTo(200);
    }
    assertThat(oss.faults().happened(Fault.dropMidBody())).isEqualTo(50);
    assertThat(oss.requestCount()).isEqualTo(100);
    assertThat(stored("k")).isEqualTo("x".repeat(50));
  }

  @Test
  void aRequestWithoutABodyIsDroppedInstead() throws IOException {
    oss.put("logs", "k", bytes("x"));
    oss.faults().next(Fault.dropMidBody(), Fault.dropMidBody());
    assertThat(client.delete("k").status()).isZero();
    assertThat(client.get("k").status()).isZero();
    assertThat(stored("k")).isEqualTo("x");
    assertThat(oss.faults().happened(Fault.dropMidBody())).isEqualTo(2);
  }

  @Test
  void aClientThatGoesAwayUsesUpItsFaultButDoesNotLetItHappen() throws IOException {
    oss.faults().next(Fault.dropMidBody());
    client.sendAndLeave("PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
    while (oss.requestCount() == 0) {
      Thread.onSpinWait(); // the server notices on its own thread
    }
    assertThat(oss.requests().get(0).toString()).isEqualTo("PUT /logs/k (0 bytes) -> dropped");
    assertThat(oss.faults().happened()).isEmpty();
    assertThat(client.put("k", "whole").status()).isEqualTo(200);
  }

  @Test
  void aTruncatedAnswerAnnouncesMoreThanItHas() throws IOException {
    oss.put("logs", "k", bytes("0123456789"));
    oss.faults().next(Fault.truncateResponse(), Fault.truncateResponse());
    Response get = client.get("k");
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.isCutShort()).isTrue();
    assertThat(get.body()).isEqualTo("01234");
    assertThat(client.append("k", 10, "x").status()).as("no body to truncate").isZero();
    assertThat(stored("k")).isEqualTo("0123456789x");
    assertThat(oss.faults().happened(Fault.truncateResponse())).isEqualTo(2);
  }

  @Test
  void aMovedClockStaysMovedAndCountsOnce() throws IOException {
    Fault skewed = Fault.skewed(Duration.ofHours(1));
    oss.faults().next(skewed, skewed);
    assertThat(client.append("k", 0, "x").body())
        .contains("<Code>RequestTimeTooSkewed</Code>", "<ServerTime>2026-01-15T13:00:00.000Z</ServerTime>");
    assertThat(client.append("k", 0, "x").status()).isEqualTo(403);
    assertThat(client.append("k", 0, "x").status()).isEqualTo(403);
    assertThat(oss.faults().happened(skewed)).isEqualTo(1);
    oss.clockOffset(Duration.ZERO);
    assertThat(client.append("k", 0, "x").status()).isEqualTo(200);
  }

  @Test
  void aRedirectNamesAnotherPlace() throws IOException {
    oss.faults().next(Fault.redirect("http://example.invalid/"));
    Response response = client.put("k", "x");
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("location")).isEqualTo("http://example.invalid/");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void anExpiredTokenIsRepeatedInTheErrorAsOssDoes() throws IOException {
    oss.faults().next(Fault.error(403, "SecurityTokenExpired"));
    client.credentials(new Credentials("ak", "sk", "secret-token"));
    assertThat(client.get("k").body()).contains("<SecurityToken>secret-token</SecurityToken>", "<EC>0002-00000007</EC>");
    assertThat(oss.requests().toString()).doesNotContain("secret-token");
  }

  @Test
  void aFaultStrikesBeforeAnybodyLooksAtTheSignature() throws IOException {
    oss.faults().next(Fault.error(429, "QpsLimitExceeded"), Fault.error(418, "Unheard"));
    assertThat(client.exchange("GET", "/logs/k", Map.of(), null).status()).isEqualTo(429);
    assertThat(client.exchange("GET", "/logs/k", Map.of(), null).status()).isEqualTo(418);
  }

  @Test
  void aScriptIsFollowedInOrderAndEndsWithHealthyAnswers() throws IOException {
    oss.faults().next(Fault.none(), Fault.internalError());
    oss.faults().next(Fault.requestTimeout());
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      statuses.add(client.delete("k").status());
      if (statuses.get(i) == 400) {
        client.disconnect();
      }
    }
    assertThat(statuses).containsExactly(204, 500, 400, 204);
    assertThat(oss.faults().left()).isZero();
    oss.faults().next(Fault.internalError());
    oss.faults().none();
    assertThat(client.delete("k").status()).isEqualTo(204);
    assertThat(oss.faults().happened().values()).containsExactly(1, 1);
  }

  @Test
  void anOpenConnectionDrawsNoFaultBeforeItsRequest() throws IOException {
    client.connect();
    client.delete("k");
    RawClient idle = new RawClient(oss, time::wallTime).connect();
    oss.faults().next(Fault.internalError());
    assertThat(client.delete("k").status()).as("not used up by the idle connection").isEqualTo(500);
    oss.faults().next(Fault.internalError());
    assertThat(idle.delete("k").status()).as("meets what was scripted after it was opened").isEqualTo(500);
    idle.close();
  }

  @Test
  void randomFaultsAreTheSameForTheSameSeed() throws IOException {
    assertThat(run(7)).isEqualTo(run(7)).isNotEqualTo(run(8));
    assertThat(run(7)).contains(204, 500, 503);
    int unhealthy = (int) oss.requests().stream().filter(request -> request.status() != 204).count();
    assertThat(oss.faults().happened().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(unhealthy);
  }

  @Test
  void aScriptGoesBeforeChance() throws IOException {
    oss.faults().random(1, 1.0, Fault.internalError());
    oss.faults().next(Fault.none());
    assertThat(client.delete("k").status()).isEqualTo(204);
    assertThat(client.delete("k").status()).isEqualTo(500);
    oss.faults().random(1, 0.0, Fault.internalError());
    assertThat(client.delete("k").status()).isEqualTo(204);
  }

  @Test
  void anEmptyMenuOrAWrongProbabilityIsRefused() {
    assertThatThrownBy(() -> oss.faults().random(1, 0.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> oss.faults().random(1, 1.5, Fault.drop())).isInstanceOf(IllegalArgumentException.class);
  }

  private List<Integer> run(long seed) throws IOException {
    oss.faults().random(seed, 0.5, Fault.internalError(), Fault.throttled("TotalQpsLimitExceeded"));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      statuses.add(client.delete("k").status());
    }
    return statuses;
  }
}
