package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.store.Versioning;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyObjectTest extends SimulatorFixture {
  @BeforeEach
  void write() throws IOException {
    client.send("PUT", "a b/ü?.txt", "", Map.of("x-oss-meta-who", "me", "content-type", "text/a", "x-oss-tagging", "t=1"), "hello");
  }

  @Test
  void aCopyHasTheBytesAndTheMetadata() throws IOException {
    Response copied = copy("copy", Map.of());
    assertThat(copied.status()).isEqualTo(200);
    assertThat(copied.body())
        .contains("<CopyObjectResult>", "<ETag>\"5D41402ABC4B2A76B9719D911017C592\"</ETag>")
        .containsPattern("<LastModified>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z</LastModified>");
    assertThat(stored("copy")).isEqualTo("hello");
    assertThat(client.head("copy").headers())
        .containsEntry("x-oss-meta-who", "me")
        .containsEntry("content-type", "text/a")
        .containsEntry("x-oss-tagging-count", "1");
  }

  @Test
  void metadataAndTagsCanBeReplaced() throws IOException {
    copy("copy", Map.of("x-oss-metadata-directive", "REPLACE", "x-oss-meta-new", "1", "x-oss-tagging-directive", "Replace"));
    assertThat(client.head("copy").headers())
        .containsEntry("x-oss-meta-new", "1")
        .doesNotContainKeys("x-oss-meta-who", "x-oss-tagging-count");
    assertThat(copy("copy", Map.of("x-oss-metadata-directive", "MERGE")).body()).contains("<Code>InvalidArgument</Code>");
  }

  @Test
  void copyingAnObjectToItselfChangesItsMetadata() throws IOException {
    assertThat(copy("a b/ü?.txt", Map.of("x-oss-metadata-directive", "REPLACE", "x-oss-meta-new", "1")).status()).isEqualTo(200);
    assertThat(client.get("a b/ü?.txt").body()).isEqualTo("hello");
    assertThat(client.head("a b/ü?.txt").headers()).containsEntry("x-oss-meta-new", "1").doesNotContainKey("x-oss-meta-who");
  }

  @Test
  void aCopyOfAnAppendableObjectIsNormal() throws IOException {
    client.append("app.log", 0, "one");
    client.send("PUT", "copy", "", Map.of("x-oss-copy-source", "/logs/app.log"), null);
    assertThat(client.head("copy").header("x-oss-object-type")).isEqualTo("Normal");
    assertThat(client.append("copy", 3, "x").body()).contains("<Code>ObjectNotAppendable</Code>");
  }

  @ParameterizedTest
  @CsvSource({
    "if-match, 5D41402ABC4B2A76B9719D911017C592, 200",
    "if-match, 0, 412",
    "if-none-match, 5D41402ABC4B2A76B9719D911017C592, 304",
    "if-modified-since, 'Fri, 01 Jan 2100 00:00:00 GMT', 304",
    "if-unmodified-since, 'Thu, 01 Jan 1970 00:00:00 GMT', 412"
  })
  void aConditionOnTheSourceIsHeeded(String condition, String value, int status) throws IOException {
    assertThat(copy("copy", Map.of("x-oss-copy-source-" + condition, value)).status()).isEqualTo(status);
    assertThat(stored("copy")).isEqualTo(status == 200 ? "hello" : "(absent)");
  }

  @ParameterizedTest
  @CsvSource({"/logs/none, NoSuchKey", "/nowhere/k, NoSuchBucket", "/logs, InvalidArgument", "/logs/, InvalidArgument"})
  void aSourceThatIsNotThereIsNamed(String source, String code) throws IOException {
    Response response = client.send("PUT", "copy", "", Map.of("x-oss-copy-source", source), null);
    assertThat(response.body()).contains("<Code>" + code + "</Code>");
    assertThat(stored("copy")).isEqualTo("(absent)");
  }

  @Test
  void anOldVersionCanBeCopiedBack() throws IOException {
    oss.versioning("logs", Versioning.ENABLED);
    String old = client.put("k", "old").header("x-oss-version-id");
    client.put("k", "new");
    Response copied = client.send("PUT", "k", "", Map.of("x-oss-copy-source", "/logs/k?versionId=" + old), null);
    assertThat(copied.header("x-oss-copy-source-version-id")).isEqualTo(old);
    assertThat(copied.header("x-oss-version-id")).isNotEmpty().isNotEqualTo(old);
    assertThat(stored("k")).isEqualTo("old");
    client.delete("k");
    assertThat(client.send("PUT", "k2", "", Map.of("x-oss-copy-source", "/logs/k"), null).status()).isEqualTo(404);
  }

  private Response copy(String key, Map<String, String> headers) throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.put("x-oss-copy-source", "/logs/a%20b%2F%C3%BC%3F.txt");
    return client.send("PUT", key, "", all, null);
  }
}
