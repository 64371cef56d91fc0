package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.store.Versioning;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectVersionsTest extends SimulatorFixture {
  @Test
  void aBucketThatNeverKeptVersionsDoesNotSpeakOfThem() throws IOException {
    assertThat(client.put("k", "1").headers()).doesNotContainKey("x-oss-version-id");
    assertThat(client.get("k").headers()).doesNotContainKey("x-oss-version-id");
    assertThat(client.delete("k").headers()).doesNotContainKeys("x-oss-version-id", "x-oss-delete-marker");
    assertThat(client.get("k").headers()).doesNotContainKeys("x-oss-version-id", "x-oss-delete-marker");
  }

  @Test
  void everyPutIsAVersionThatCanBeReadByItsId() throws IOException {
    client.put("k", "before");
    oss.versioning("logs", Versioning.ENABLED);
    String first = client.put("k", "one").header("x-oss-version-id");
    String second = client.put("k", "two").header("x-oss-version-id");
    assertThat(first).isNotEmpty().isNotEqualTo(second);
    assertThat(version("GET", "k", first).body()).isEqualTo("one");
    assertThat(version("GET", "k", "null").body()).isEqualTo("before");
    assertThat(version("HEAD", "k", first).header("x-oss-version-id")).isEqualTo(first);
    assertThat(client.get("k").header("x-oss-version-id")).isEqualTo(second);
    assertThat(client.get("k").body()).isEqualTo("two");
    Response unknown = version("GET", "k", "unknown");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body()).contains("<Code>NoSuchVersion</Code>", "<Key>k</Key>", "<VersionId>unknown</VersionId>");
  }

  @Test
  void aDeletionLeavesAMarkerThatHidesTheObject() throws IOException {
    oss.versioning("logs", Versioning.ENABLED);
    String object = client.put("k", "one").header("x-oss-version-id");
    Response deleted = client.delete("k");
    String marker = deleted.header("x-oss-version-id");
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.header("x-oss-delete-marker")).isEqualTo("true");
    assertThat(marker).isNotEmpty().isNotEqualTo(object);

    Response get = client.get("k");
    assertThat(get.status()).isEqualTo(404);
    assertThat(get.body()).contains("<Code>NoSuchKey</Code>");
    assertThat(get.headers()).containsEntry("x-oss-delete-marker", "true").containsEntry("x-oss-version-id", marker);
    assertThat(version("GET", "k", object).body()).isEqualTo("one");

    Response ofMarker = version("GET", "k", marker);
    assertThat(ofMarker.status()).isEqualTo(405);
    assertThat(ofMarker.headers()).containsEntry("x-oss-delete-marker", "true").containsEntry("x-oss-version-id", marker);
    assertThat(ofMarker.body())
        .contains("<Code>MethodNotAllowed</Code>", "<ResourceType>DeleteMarker</ResourceType>\n  <Method>GET</Method>");
    assertThat(version("HEAD", "k", marker).errorInHeader()).contains("<Method>HEAD</Method>");
  }

  @Test
  void deletingAVersionIsForGood() throws IOException {
    oss.versioning("logs", Versioning.ENABLED);
    String object = client.put("k", "one").header("x-oss-version-id");
    String marker = client.delete("k").header("x-oss-version-id");
    Response markerGone = version("DELETE", "k", marker);
    assertThat(markerGone.status()).isEqualTo(204);
    assertThat(markerGone.headers()).containsEntry("x-oss-delete-marker", "true").containsEntry("x-oss-version-id", marker);
    assertThat(stored("k")).isEqualTo("one");
    Response objectGone = version("DELETE", "k", object);
    assertThat(objectGone.headers()).containsEntry("x-oss-version-id", object).doesNotContainKey("x-oss-delete-marker");
    assertThat(client.get("k").headers()).doesNotContainKey("x-oss-delete-marker");
    assertThat(version("DELETE", "k", object).status()).as("once more").isEqualTo(204);
  }

  @Test
  void whileSuspendedTheNullVersionIsReplaced() throws IOException {
    oss.versioning("logs", Versioning.ENABLED);
    String kept = client.put("k", "one").header("x-oss-version-id");
    oss.versioning("logs", Versioning.SUSPENDED);
    assertThat(client.put("k", "two").header("x-oss-version-id")).isEqualTo("null");
    assertThat(client.put("k", "three").header("x-oss-version-id")).isEqualTo("null");
    assertThat(version("GET", "k", "null").body()).isEqualTo("three");
    Response deleted = client.delete("k");
    assertThat(deleted.headers()).containsEntry("x-oss-delete-marker", "true").containsEntry("x-oss-version-id", "null");
    assertThat(version("GET", "k", "null").status()).isEqualTo(405);
    assertThat(version("GET", "k", kept).body()).isEqualTo("one");
  }

  @Test
  void appendsDontMakeVersions() throws IOException {
    oss.versioning("logs", Versioning.ENABLED);
    assertThat(client.append("k", 0, "one,").header("x-oss-version-id")).isEqualTo("null");
    assertThat(client.append("k", 4, "two").header("x-oss-version-id")).isEqualTo("null");
    assertThat(client.head("k").header("x-oss-version-id")).isEqualTo("null");
    String normal = client.put("k", "normal").header("x-oss-version-id");
    assertThat(client.append("k", 7, "x").body()).contains("<Code>ObjectNotAppendable</Code>");
    assertThat(version("GET", "k", "null").body()).isEqualTo("one,two");
    version("DELETE", "k", normal);
    assertThat(client.append("k", 7, ",three").status()).isEqualTo(200);
    assertThat(stored("k")).isEqualTo("one,two,three");
  }

  @Test
  void anAppendAtZeroOnADeletedObjectStartsANewOne() throws IOException {
    oss.versioning("logs", Versioning.ENABLED);
    client.put("k", "one");
    client.delete("k");
    assertThat(client.append("k", 3, "x").header("x-oss-next-append-position")).isEqualTo("0");
    assertThat(client.append("k", 0, "new").status()).isEqualTo(200);
    assertThat(stored("k")).isEqualTo("new");
  }

  private Response version(String method, String key, String versionId) throws IOException {
    return client.send(method, key, "versionId=" + versionId, Map.of(), null);
  }
}
