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
import org.junit.jupiter.params.provider.ValueSource;

class RestoreObjectTest extends SimulatorFixture {
  private static final String TWO_DAYS =
      "<RestoreRequest><Days>2</Days><JobParameters><Tier>Expedited</Tier></JobParameters></RestoreRequest>";

  @BeforeEach
  void setTheClock() {
    time.advance(Duration.between(time.wallTime(), Instant.parse("2026-03-05T12:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Archive", "ColdArchive"})
  void anArchivedObjectIsReadableOnlyWhileItIsRestored(String storageClass) throws IOException {
    client.send("PUT", "k", "", Map.of("x-oss-storage-class", storageClass), "hello");
    assertThat(client.get("k").status()).isEqualTo(403);
    assertThat(client.get("k").body()).contains("<Code>InvalidObjectState</Code>");
    assertThat(client.head("k").status()).isEqualTo(200);
    assertThat(client.head("k").headers()).containsEntry("x-oss-storage-class", storageClass).doesNotContainKey("x-oss-restore");

    assertThat(restore(TWO_DAYS).status()).isEqualTo(202);
    assertThat(client.head("k").header("x-oss-restore")).isEqualTo("ongoing-request=\"true\"");
    assertThat(client.get("k").body()).contains("<Code>InvalidObjectState</Code>");
    Response again = restore(TWO_DAYS);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("<Code>RestoreAlreadyInProgress</Code>");

    time.advance(Duration.ofMinutes(1));
    assertThat(client.get("k").body()).isEqualTo("hello");
    assertThat(client.head("k").header("x-oss-restore"))
        .isEqualTo("ongoing-request=\"false\", expiry-date=\"Sat, 07 Mar 2026 12:01:00 GMT\"");

    time.advance(Duration.ofDays(2));
    assertThat(client.get("k").status()).isEqualTo(403);
    assertThat(client.head("k").headers()).doesNotContainKey("x-oss-restore");
    assertThat(restore(null).status()).isEqualTo(202);
  }

  @Test
  void restoringARestoredObjectMakesItLast() throws IOException {
    client.send("PUT", "k", "", Map.of("x-oss-storage-class", "Archive"), "hello");
    restore(null);
    time.advance(Duration.ofMinutes(1));
    assertThat(restore(TWO_DAYS).status()).isEqualTo(200);
    time.advance(Duration.ofDays(2).minusSeconds(1));
    assertThat(client.get("k").body()).isEqualTo("hello");
    time.advance(Duration.ofSeconds(1));
    assertThat(client.get("k").status()).isEqualTo(403);
  }

  @Test
  void anObjectThatIsNotArchivedCantBeRestored() throws IOException {
    client.put("k", "hello");
    assertThat(restore(null).status()).isEqualTo(400);
    assertThat(restore(null).body()).contains("<Code>OperationNotSupported</Code>");
    assertThat(client.send("POST", "none", "restore", Map.of(), null).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<RestoreRequest/>", "<RestoreRequest><Days>0</Days></RestoreRequest>", "<Days>1</Days>", "x"})
  void aRestorationForNoDaysIsMalformed(String xml) throws IOException {
    client.send("PUT", "k", "", Map.of("x-oss-storage-class", "Archive"), "hello");
    assertThat(restore(xml).body()).contains("<Code>MalformedXML</Code>");
  }

  @Test
  void anArchivedObjectCantBeCopied() throws IOException {
    client.send("PUT", "k", "", Map.of("x-oss-storage-class", "Archive"), "hello");
    assertThat(client.send("PUT", "copy", "", Map.of("x-oss-copy-source", "/logs/k"), null).body())
        .contains("<Code>InvalidObjectState</Code>");
  }

  private Response restore(String body) throws IOException {
    return client.send("POST", "k", "restore", Map.of(), body);
  }
}
