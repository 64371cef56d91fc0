package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsTest extends SimulatorFixture {
  @Test
  void putStoresANormalObjectThatGetReturns() throws IOException {
    Response put = client.send("PUT", "a b/ü+.txt", "", Map.of("content-type", "text/plain", "x-oss-meta-who", "me"), "hello");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.header("etag")).isEqualTo("\"5D41402ABC4B2A76B9719D911017C592\"");
    assertThat(put.header("x-oss-hash-crc64ecma")).isEqualTo(Long.toUnsignedString(Crc64.of(bytes("hello"))));

    Response get = client.get("a b/ü+.txt");
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.body()).isEqualTo("hello");
    assertThat(get.headers())
        .containsEntry("x-oss-object-type", "Normal")
        .containsEntry("Content-Type", "text/plain")
        .containsEntry("x-oss-meta-who", "me")
        .containsEntry("ETag", put.header("etag"))
        .containsEntry("x-oss-hash-crc64ecma", put.header("x-oss-hash-crc64ecma"))
        .doesNotContainKey("x-oss-next-append-position");
  }

  @Test
  void everyResponseHasTheHeadersOfOss() throws IOException {
    time.advance(Duration.between(time.wallTime(), Instant.parse("2026-03-05T01:02:03Z")));
    Response response = client.put("k", "x");
    assertThat(response.headers())
        .containsEntry("Server", "AliyunOSS")
        .containsEntry("Date", "Thu, 05 Mar 2026 01:02:03 GMT")
        .containsEntry("Connection", "keep-alive")
        .containsKey("x-oss-server-time");
    String arrival = String.format("%08X", time.wallTime().getEpochSecond());
    assertThat(response.header("x-oss-request-id")).matches("[0-9A-F]{24}").startsWith(arrival);
    assertThat(client.put("k", "x").header("x-oss-request-id")).isNotEqualTo(response.header("x-oss-request-id"));
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws IOException {
    oss.put("logs", "app.log", bytes("abcd"));
    Response head = client.head("app.log");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers())
        .containsEntry("Content-Length", "4")
        .containsEntry("x-oss-object-type", "Appendable")
        .containsEntry("x-oss-next-append-position", "4")
        .containsEntry("x-oss-hash-crc64ecma", Long.toUnsignedString(Crc64.of(bytes("abcd"))))
        .containsKey("Last-Modified");
    assertThat(client.get("app.log").body()).as("the connection is still in step").isEqualTo("abcd");
  }

  @Test
  void deleteAnswers204WhetherOrNotTheObjectExists() throws IOException {
    client.put("k", "x");
    assertThat(client.delete("k").status()).isEqualTo(204);
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(client.delete("k").status()).isEqualTo(204);
    Response get = client.get("k");
    assertThat(get.status()).isEqualTo(404);
    assertThat(get.header("x-oss-ec")).isEqualTo("0026-00000001");
    assertThat(get.body())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>NoSuchKey</Code>\n  <Message>The specified key")
        .contains("<RequestId>" + get.header("x-oss-request-id") + "</RequestId>", "<HostId>127.0.0.1</HostId>")
        .contains("<Key>k</Key>\n  <EC>0026-00000001</EC>\n")
        .contains("<RecommendDoc>https://api.aliyun.com/troubleshoot?q=0026-00000001</RecommendDoc>\n</Error>");
  }

  @Test
  void anErrorOfHeadTravelsInAHeader() throws IOException {
    Response head = client.head("none");
    assertThat(head.status()).isEqualTo(404);
    assertThat(head.header("x-oss-ec")).isEqualTo("0026-00000001");
    assertThat(head.errorInHeader()).contains("<Code>NoSuchKey</Code>", "<Key>none</Key>");
  }

  @Test
  void anUnknownBucketIsNamedInTheError() throws IOException {
    Response response = client.send("GET", "nowhere", "k", "", Map.of(), null);
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).contains("<Code>NoSuchBucket</Code>", "<BucketName>nowhere</BucketName>", "<EC>0015-00000101</EC>");
    assertThatThrownBy(() -> oss.put("nowhere", "k", bytes("x"))).hasMessageContaining("nowhere");
  }

  @Test
  void appendsGrowTheObjectAndReportItsWholeChecksum() throws IOException {
    Response first = client.append("app.log", 0, "one,");
    Response second = client.append("app.log", 4, "two");
    assertThat(first.header("x-oss-next-append-position")).isEqualTo("4");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header("x-oss-next-append-position")).isEqualTo("7");
    assertThat(second.header("x-oss-hash-crc64ecma")).isEqualTo(Long.toUnsignedString(Crc64.of(bytes("one,two"))));
    assertThat(second.header("etag")).isNotEqualTo(first.header("etag"));
    assertThat(stored("app.log")).isEqualTo("one,two");
  }

  @Test
  void appendingNothingChangesNothing() throws IOException {
    client.append("app.log", 0, "one");
    String before = client.head("app.log").header("etag");
    assertThat(client.append("app.log", 3, "").status()).isEqualTo(200);
    assertThat(client.head("app.log").header("etag")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "4", "99999999999"})
  void aWrongPositionIsAConflictThatTellsTheRightOne(String position) throws IOException {
    client.append("app.log", 0, "one");
    Response response = client.send("POST", "app.log", "append&position=" + position, Map.of(), "two");
    assertThat(response.status()).isEqualTo(409);
    assertThat(response.header("x-oss-next-append-position")).isEqualTo("3");
    assertThat(response.body()).contains("<Code>PositionNotEqualToLength</Code>", "<EC>0026-00000016</EC>");
    assertThat(stored("app.log")).isEqualTo("one");
  }

  @Test
  void thePositionOfAnAbsentObjectIsZero() throws IOException {
    assertThat(client.append("app.log", 1, "x").header("x-oss-next-append-position")).isEqualTo("0");
    assertThat(stored("app.log")).isEqualTo("(absent)");
  }

  @ParameterizedTest
  @CsvSource({
    "append, MissingArgument",
    "append&position=, MissingArgument",
    "append&position=x, InvalidArgument",
    "append&position=-1, InvalidArgument"
  })
  void aPositionThatIsNoNumberIsRefused(String query, String code) throws IOException {
    Response response = client.send("POST", "app.log", query, Map.of(), "x");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>" + code + "</Code>");
  }

  @Test
  void aPutMakesAnAppendableObjectNormalForGood() throws IOException {
    client.append("k", 0, "one");
    client.put("k", "two");
    Response response = client.append("k", 3, "x");
    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body()).contains("<Code>ObjectNotAppendable</Code>", "<EC>0026-00000017</EC>");
    assertThat(response.headers()).doesNotContainKey("x-oss-next-append-position");
    assertThat(stored("k")).isEqualTo("two");
    assertThatThrownBy(() -> oss.append("logs", "k", bytes("x"))).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({"PUT, ''", "POST, append&position=0"})
  void aBodyThatIsNotTheOneOfItsDigestIsRefusedAndTheConnectionClosed(String method, String query) throws IOException {
    Response wrong = client.send(method, "k", query, Map.of("content-md5", "XUFAKrxLKna5cZ2REBfFkg=="), "other");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("<Code>InvalidDigest</Code>");
    assertThat(wrong.header("connection")).isEqualTo("close");
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(stored("k")).isEqualTo("(absent)");
    client.disconnect();
    assertThat(client.send(method, "k", query, Map.of("content-md5", "XUFAKrxLKna5cZ2REBfFkg=="), "hello").status()).isEqualTo(200);
  }

  @Test
  void aBodyWithAnotherCrcIsRefused() throws IOException {
    assertThat(client.send("PUT", "k", "", Map.of("x-oss-hash-crc64ecma", "1"), "hello").body()).contains("<Code>InvalidCRC64</Code>");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3,    206, 0123,       bytes 0-3/10",
    "bytes=4-,     206, 456789,     bytes 4-9/10",
    "bytes=-3,     206, 789,        bytes 7-9/10",
    "bytes=8-20,   200, 0123456789, ''",
    "bytes=10-,    200, 0123456789, ''",
    "bytes=-20,    200, 0123456789, ''",
    "bytes=5-2,    200, 0123456789, ''",
    "bytes=0-1x,   200, 0123456789, ''"
  })
  void aRangeIsHeededOnlyInsideTheObject(String range, int status, String body, String contentRange) throws IOException {
    client.put("k", "0123456789");
    Response response = client.get("k", "range", range);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.header("content-range")).isEqualTo(contentRange);
    assertThat(response.header("x-oss-hash-crc64ecma")).isEqualTo(Long.toUnsignedString(Crc64.of(bytes("0123456789"))));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=8-20, 206, 89,         bytes 8-9/10",
    "bytes=-20,  206, 0123456789, bytes 0-9/10",
    "bytes=10-,  416, '',         bytes */10",
    "bytes=-0,   416, '',         bytes */10"
  })
  void standardRangesAreCutToTheObjectOrRefused(String range, int status, String body, String contentRange) throws IOException {
    client.put("k", "0123456789");
    Response response = client.send("GET", "k", "", Map.of("range", range, "x-oss-range-behavior", "standard"), null);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).contains(status == 416 ? "<Code>InvalidRange</Code>" : body);
    assertThat(response.header("content-range")).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @CsvSource({"GET, x-oss-process=image", "POST, x-oss-process=image", "PUT, live", "POST, ''", "PATCH, ''"})
  void whatIsNotSimulatedIsRefusedByName(String method, String query) throws IOException {
    Response response = client.send(method, "k", query, Map.of(), null);
    assertThat(response.status()).isEqualTo(501);
    assertThat(response.body()).contains("<Code>NotImplemented</Code>", method + " /logs/k");
  }

  @Test
  void headersThatWouldChangeAnOperationAreRefused() throws IOException {
    Response response = client.send("PUT", "k", "", Map.of("x-oss-server-side-encryption", "AES256"), "x");
    assertThat(response.status()).isEqualTo(501);
    assertThat(response.body()).contains("x-oss-server-side-encryption");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void aRequestWhoseBodyEndsEarlyIsNotApplied() throws IOException {
    client.sendAndLeave("PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(client.get("k").status()).isEqualTo(404);
  }

  @Test
  void anotherWriterWorksOnTheStoreItself() throws IOException {
    oss.append("logs", "app.log", bytes("theirs,"));
    client.append("app.log", 7, "ours,");
    oss.append("logs", "app.log", bytes("theirs2"));
    assertThat(stored("app.log")).isEqualTo("theirs,ours,theirs2");
    assertThat(oss.foreignBytes("logs", "app.log")).isEqualTo(bytes("theirs,theirs2"));
    oss.delete("logs", "app.log");
    assertThat(oss.bytesOf("logs", "app.log")).isNull();
    assertThat(oss.foreignBytes("logs", "other")).isEmpty();
  }

  @Test
  void aReadWithABodyIsRefusedAndTheConnectionClosed() throws IOException {
    Response response = client.send("GET", "k", "", Map.of(), "surprise");
    assertThat(response.status()).isEqualTo(501);
    assertThat(response.header("connection")).isEqualTo("close");
  }

  @Test
  void aBodyMayComeAfterTheServerHasInvitedIt() throws IOException {
    // The interim answer comes first, the final one after it on the same connection.
    Response interim = client.send("PUT", "k", "", Map.of("expect", "100-continue"), "hello");
    assertThat(interim.status()).isEqualTo(100);
    assertThat(client.get("none").status()).isEqualTo(200);
    assertThat(stored("k")).isEqualTo("hello");
  }

  @Test
  void requestsAreListedWithTheirAnswers() throws IOException {
    client.put("k", "hello");
    client.get("none");
    assertThat(oss.requestCount()).isEqualTo(2);
    assertThat(oss.requests())
        .extracting(ReceivedRequest::toString)
        .containsExactly("PUT /logs/k (5 bytes) -> 200", "GET /logs/none (0 bytes) -> 404");
    assertThat(oss.requests().get(0).headers()).containsKey("authorization");
  }

  @Test
  void bytesOnTheWireAreKeptAsTheyAre() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 256 * 40; i++) {
      all.append((char) (i & 0xff));
    }
    client.append("k", 0, all.toString());
    assertThat(stored("k")).isEqualTo(all.toString());
    assertThat(client.get("k").body()).isEqualTo(all.toString());
  }

  @Test
  void twoSimulatorsDontShareAnything() throws IOException {
    try (OssSimulator other = OssSimulator.builder().bucket("b1").bucket("b2").start()) {
      other.put("b2", "k", bytes("x"));
      assertThat(other.endpoint()).isNotEqualTo(oss.endpoint()).startsWith("http://127.0.0.1:");
      assertThatThrownBy(() -> other.bytesOf("logs", "k")).isInstanceOf(IllegalArgumentException.class);
      assertThat(stored("k")).isEqualTo("(absent)");
    }
  }
}
