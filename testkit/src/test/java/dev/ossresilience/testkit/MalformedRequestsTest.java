package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in on a connection, the client gets an answer or an end. */
@Timeout(30)
class MalformedRequestsTest extends SimulatorFixture {
  @ParameterizedTest
  @ValueSource(strings = {
    "nonsense\r\n\r\n",
    "GET /logs/k\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nX: no host\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\nx(y: 1\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\nx\ty: 1\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\nx\u00e9: 1\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\ny: 1\u0000\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\ny: 1\r2\r\n\r\n",
    "GET /logs/k\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\nx-oss-date: a\r\nX-Oss-Date: a\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\nAuthorization: a\r\nauthorization: b\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Type: a\r\nContent-Type: b\r\n\r\n",
    "GET /logs/k HTTP/2\r\n\r\n",
    "get /logs/k HTTP/1.1\r\n\r\n",
    "GET logs/k HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET http://x:abc/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /logs/k HTTP/1.1\nHost: x\n\n",
    "GET /logs/k HTTP/1.1\nHost: x\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x:port\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: a b\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost : x\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999999999999999\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n"
  })
  void isRefusedWith400AndTheEndOfItsConnection(String request) throws IOException {
    String answer = answerTo(request);
    assertThat(answer)
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .contains("Connection: close", "x-oss-request-id: ", "<Code>InvalidArgument</Code>\n  <Message>Bad request: ");
    assertThat(oss.requests()).extracting(ReceivedRequest::status).containsExactly(400);
    assertThat(client.put("k", "x").status()).as("the server goes on").isEqualTo(200);
  }

  @Test
  void aClientThatIsStillWritingGetsTheAnswerToo() throws IOException {
    String head = "PUT /logs/k HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 20000000\r\n\r\n";
    assertThat(answerTo(head + "x".repeat(20_000_000))).startsWith("HTTP/1.1 400 ").endsWith("</Error>\n");
  }

  @Test
  void emptyLinesBeforeARequestAreSkipped() throws IOException {
    client.put("k", "x");
    assertThat(answerTo("\r\n\r\nGET /logs/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    client.sendOnly("\r\n");
    assertThat(client.get("k").body()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "GET /logs/k HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n",
    "GET /logs/k HTTP/1.1\r\nHost: x\r\nConnection: a, close\r\n\r\n",
    "HEAD /logs/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "PUT /logs/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1\r\n\r\na",
    "GET /logs/k HTTP/1.0\r\n\r\n",
  })
  void aClientThatWantsTheEndOfItsConnectionGetsIt(String request) throws IOException {
    assertThat(answerTo(request)).startsWith("HTTP/1.1 403 ").contains("Connection: close\r\n").doesNotContain("keep-alive");
  }

  @Test
  void anOldClientMayKeepItsConnection() throws IOException {
    String kept = answerTo("GET /logs/k HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /logs/k HTTP/1.0\r\n\r\n");
    assertThat(kept.split("HTTP/1.1 403", -1)).hasSize(3);
    assertThat(kept).contains("Connection: keep-alive", "Connection: close");
  }

  @Test
  void metadataMayComeInSeveralLines() throws IOException {
    SortedMap<String, String> headers = new TreeMap<>(Map.of("x-oss-meta-a", "1,2"));
    SigningRequest signed = new SigningRequest("PUT", "logs", "k", Query.parse(null), headers);
    StringBuilder head = new StringBuilder("PUT /logs/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n");
    OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk")))
        .sign(signed, time.wallTime())
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    assertThat(answerTo(head + "x-oss-meta-a: 1\r\nx-oss-meta-a: 2\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(client.head("k").header("x-oss-meta-a")).isEqualTo("1,2");
    assertThat(answerTo(head + "x-oss-meta-a: 1,2\r\nx-oss-meta-a: 3\r\n\r\n")).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void anEndlessHeadIsRefused() throws IOException {
    assertThat(answerTo("GET /logs/k HTTP/1.1\r\nx: " + "y".repeat(70_000))).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aTargetMayBeAWholeUrlAsProxiesGetIt() throws IOException {
    assertThat(client.exchange("GET", "http://logs.oss-cn-hangzhou.aliyuncs.com/k", Map.of(), null).status()).isEqualTo(403);
  }

  @Test
  void requestsMayComeOnTopOfEachOther() throws IOException {
    String delete = "DELETE /logs/k HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n";
    String put = "PUT /logs/k HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    String answers = answerTo(delete + put + delete + "PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + "stop\r\n\r\n");
    assertThat(answers.split("HTTP/1.1 403", -1)).hasSize(5);
    assertThat(oss.requests()).extracting(ReceivedRequest::bodySize).containsExactly(0L, 3L, 0L, 3L, 0L);
    assertThat(answers).contains("HTTP/1.1 400");
  }

  /** Everything that comes until the server ends the connection. */
  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(oss.endpoint()).getPort())) {
      socket.getOutputStream().write(bytes(request));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
