package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are refused, reset, stale or silent. */
@Timeout(30)
class FaultyConnectionsTest extends SimulatorFixture {
  /** Long enough for an answer to come that should not. */
  private static final int SILENCE_MILLIS = 80;

  @Test
  void aNewConnectionIsResetBeforeAnythingIsSaid() throws IOException {
    client.delete("k");
    oss.faults().next(Fault.refuseConnection());
    try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), port())) {
      assertThatThrownBy(() -> refused.getInputStream().read()).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }
    assertThat(oss.faults().happened()).containsExactly(Map.entry("refuseConnection", 1));
    assertThat(client.delete("k").status()).as("the connection in use isn't touched").isEqualTo(204);
    assertThat(oss.requestCount()).isEqualTo(2);
  }

  @Test
  void aConnectionInUseIsResetWhenItsNextRequestComes() throws IOException {
    client.delete("k");
    oss.faults().next(Fault.refuseConnection());
    assertThat(client.append("k", 0, "x")).isEqualTo(Response.NONE);
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(oss.requests().get(1).fault()).isEqualTo(Fault.refuseConnection());
    assertThat(oss.faults().happened(Fault.refuseConnection())).isEqualTo(1);
    assertThat(client.append("k", 0, "x").status()).isEqualTo(200);
  }

  @Test
  void aRequestIsResetBeforeItsBodyIsRead() throws IOException {
    oss.faults().next(Fault.resetBeforeBody());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.getOutputStream().write(bytes("PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"));
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }
    assertThat(oss.requests().toString()).isEqualTo("[PUT /logs/k (0 bytes) -> dropped, resetBeforeBody]");
    assertThat(oss.faults().happened(Fault.resetBeforeBody())).isEqualTo(1);
  }

  @Test
  void aKeptConnectionMayBeStale() throws IOException {
    oss.faults().next(Fault.answerThenClose());
    Response response = client.append("k", 0, "x");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("connection")).isEqualTo("keep-alive");
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(oss.faults().happened(Fault.answerThenClose())).isEqualTo(1);
  }

  @Test
  void aStalledRequestIsNeitherAppliedNorAnswered() throws IOException {
    oss.faults().next(Fault.stall());
    assertThat(client.timeout(SILENCE_MILLIS).append("k", 0, "x")).isEqualTo(Response.NONE);
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(oss.faults().happened(Fault.stall())).isEqualTo(1);
    assertThat(oss.requests().get(0).status()).isZero();
    assertThat(client.append("k", 0, "x").status()).as("another connection").isEqualTo(200);
  }

  @Test
  void aStalledAnswerStopsInItsMiddle() throws IOException {
    oss.put("logs", "k", bytes("0123456789"));
    oss.faults().next(Fault.none(), Fault.stallResponse(), Fault.stallResponse());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      client.get("k");
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.getOutputStream().write(bytes("GET /logs/k HTTP/1.1\r\nHost: x\r\n\r\n")); // its error has a body as well
      StringBuilder answer = new StringBuilder();
      assertThatThrownBy(() -> {
        while (true) {
          int b = socket.getInputStream().read();
          assertThat(b).as("no end").isNotNegative();
          answer.append((char) b);
        }
      }).isInstanceOf(SocketTimeoutException.class);
      assertThat(answer.toString()).startsWith("HTTP/1.1 403").contains("\r\n\r\n<?xml").doesNotContain("</Error>");
    }
    assertThat(client.timeout(SILENCE_MILLIS).append("k", 10, "x")).as("no body to stop in").isEqualTo(Response.NONE);
    assertThat(stored("k")).isEqualTo("0123456789x");
    assertThat(oss.faults().happened(Fault.stallResponse())).isEqualTo(2);
  }

  @Test
  void closingEndsSilenceAtOnce() throws IOException {
    oss.faults().next(Fault.stall(), Fault.applyThenAnswerLate(Duration.ofSeconds(60)));
    RawClient other = new RawClient(oss, time::wallTime);
    String request = "DELETE /logs/k HTTP/1.1\r\nHost: x\r\n\r\n";
    client.sendOnly(request);
    other.sendOnly(request);
    while (oss.requestCount() < 2) {
      Thread.onSpinWait(); // the server reads on its own threads
    }
    long start = System.nanoTime();
    oss.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4)); // the library gives up after five
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(other.isClosedByServer()).isTrue();
    other.close();
  }

  @Test
  void aLateAnswerIsAnAnswer() throws IOException {
    oss.faults().next(Fault.applyThenAnswerLate(Duration.ofMillis(50)));
    long start = System.nanoTime();
    assertThat(client.append("k", 0, "x").status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(49));
    assertThat(client.append("k", 1, "y").status()).as("on the same connection").isEqualTo(200);
    assertThat(oss.faults().happened(Fault.applyThenAnswerLate(Duration.ofMillis(50)))).isEqualTo(1);
  }

  @Test
  @Timeout(60)
  void anAnswerLaterThanTheClientsPatienceWasAppliedAllTheSame() throws IOException {
    oss.faults().next(Fault.applyThenAnswerLate(Duration.ofSeconds(60)));
    assertThat(client.timeout(SILENCE_MILLIS).append("k", 0, "x")).isEqualTo(Response.NONE);
    while (!stored("k").equals("x")) {
      Thread.onSpinWait(); // the client's patience says nothing of how long the server needs
    }
    assertThatThrownBy(() -> Fault.applyThenAnswerLate(Duration.ofSeconds(61))).isInstanceOf(IllegalArgumentException.class);
  }

  private int port() {
    return URI.create(oss.endpoint()).getPort();
  }
}
