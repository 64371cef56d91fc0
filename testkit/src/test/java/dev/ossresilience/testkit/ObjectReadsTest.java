package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectReadsTest extends SimulatorFixture {
  private static final Instant WRITTEN = Instant.parse("2026-03-05T12:00:00.700Z");

  @BeforeEach
  void write() throws IOException {
    time.advance(Duration.between(time.wallTime(), WRITTEN));
    client.put("k", "hello");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "if-match            | \"5D41402ABC4B2A76B9719D911017C592\"                       | 200 | ''",
    "if-match            | 5d41402abc4b2a76b9719d911017c592                           | 200 | ''",
    "if-match            | \"0\", \"5D41402ABC4B2A76B9719D911017C592\"                | 200 | ''",
    "if-match            | \"0\"                                                      | 412 | If-Match",
    "if-none-match       | \"0\"                                                      | 200 | ''",
    "if-none-match       | \"5D41402ABC4B2A76B9719D911017C592\"                       | 304 | ''",
    "if-modified-since   | Thu, 05 Mar 2026 11:59:59 GMT                              | 200 | ''",
    "if-modified-since   | Thu, 05 Mar 2026 12:00:00 GMT                              | 304 | ''",
    "if-modified-since   | yesterday                                                  | 200 | ''",
    "if-unmodified-since | Thu, 05 Mar 2026 12:00:00 GMT                              | 200 | ''",
    "if-unmodified-since | Thu, 05 Mar 2026 11:59:59 GMT                              | 412 | If-Unmodified-Since"
  })
  void aConditionIsHeeded(String header, String value, int status, String condition) throws IOException {
    for (String method : new String[] {"GET", "HEAD"}) {
      Response response = client.send(method, "k", "", Map.of(header, value), null);
      assertThat(response.status()).as(method).isEqualTo(status);
      if (status == 304) {
        assertThat(response.headers()).containsKeys("ETag", "Last-Modified").doesNotContainKey("Content-Length");
      }
      if (status == 412) {
        String error = method.equals("GET") ? response.body() : response.errorInHeader();
        assertThat(error).contains("<Code>PreconditionFailed</Code>", "<Condition>" + condition + "</Condition>");
      }
    }
    assertThat(client.get("k").body()).as("the connection is still in step").isEqualTo("hello");
  }

  @Test
  void aConditionOnTheEtagOutranksTheOneOnTheDate() throws IOException {
    Map<String, String> changedInTheSameSecond = Map.of("if-none-match", "\"0\"", "if-modified-since", "Thu, 05 Mar 2026 12:00:00 GMT");
    assertThat(client.send("GET", "k", "", changedInTheSameSecond, null).status()).isEqualTo(200);
    Map<String, String> same =
        Map.of("if-match", "5D41402ABC4B2A76B9719D911017C592", "if-unmodified-since", "Thu, 05 Mar 2026 11:00:00 GMT");
    assertThat(client.send("GET", "k", "", same, null).status()).isEqualTo(200);
  }

  @Test
  void standardHeadersAreStoredAndGivenBack() throws IOException {
    Map<String, String> headers =
        Map.of(
            "content-type", "text/css",
            "cache-control", "no-cache",
            "content-disposition", "attachment; filename=\"a.css\"",
            "content-encoding", "identity",
            "content-language", "en",
            "expires", "Thu, 05 Mar 2026 12:00:00 GMT",
            "x-oss-meta-who", "me",
            "x-oss-storage-class", "IA");
    assertThat(client.send("PUT", "k", "", headers, "x").status()).isEqualTo(200);
    assertThat(client.get("k").headers()).containsAllEntriesOf(headers);
    assertThat(client.head("k").headers()).containsAllEntriesOf(headers);
  }

  @Test
  void aGetMayOverrideWhatIsStored() throws IOException {
    String query =
        "response-content-type=text%2Fx&response-content-language=de&response-content-disposition=inline"
            + "&response-content-encoding=gzip&response-cache-control=no-store&response-expires=never";
    Response response = client.send("GET", "k", query, Map.of(), null);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("Content-Type", "text/x")
        .containsEntry("Content-Language", "de")
        .containsEntry("Content-Disposition", "inline")
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Expires", "never");
    assertThat(client.send("HEAD", "k", query, Map.of(), null).status()).isEqualTo(501);
  }

  @Test
  void objectMetaSaysLittle() throws IOException {
    Response meta = client.send("HEAD", "k", "objectMeta", Map.of(), null);
    assertThat(meta.status()).isEqualTo(200);
    assertThat(meta.headers())
        .containsEntry("Content-Length", "5")
        .containsEntry("ETag", "\"5D41402ABC4B2A76B9719D911017C592\"")
        .containsEntry("Last-Modified", "Thu, 05 Mar 2026 12:00:00 GMT")
        .doesNotContainKeys("Content-Type", "x-oss-object-type");
    assertThat(client.send("HEAD", "none", "objectMeta", Map.of(), null).status()).isEqualTo(404);
  }
}
