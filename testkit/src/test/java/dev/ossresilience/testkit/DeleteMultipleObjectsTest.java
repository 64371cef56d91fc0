package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.store.Versioning;
import java.io.IOException;
import java.util.Map;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteMultipleObjectsTest extends SimulatorFixture {
  @Test
  void allKeysAreDeletedAndListed() throws IOException {
    client.put("a&b", "x");
    client.put("kept", "x");
    Response response = delete("delete", "<Delete><Quiet>false</Quiet>" + object("a&amp;b", "") + object("none", "") + "</Delete>");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().replaceAll("\\s+<", "<"))
        .endsWith("<DeleteResult><Deleted><Key>a&amp;b</Key></Deleted><Deleted><Key>none</Key></Deleted></DeleteResult>\n");
    assertThat(stored("a&b")).isEqualTo("(absent)");
    assertThat(stored("kept")).isEqualTo("x");
  }

  @Test
  void quietSaysNothing() throws IOException {
    client.put("k", "x");
    Response response = delete("delete", "<Delete><Quiet>true</Quiet>" + object("k", "") + "</Delete>");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void keysAreEncodedOnRequest() throws IOException {
    Response response = delete("delete&encoding-type=url", "<Delete>" + object("a b/c", "") + "</Delete>");
    assertThat(response.body()).contains("<EncodingType>url</EncodingType>", "<Key>a%20b/c</Key>");
    assertThat(delete("delete&encoding-type=hex", "<Delete>" + object("k", "") + "</Delete>").status()).isEqualTo(400);
  }

  @Test
  void versionsAndMarkersAreTold() throws IOException {
    oss.versioning("logs", Versioning.ENABLED);
    String object = client.put("k", "x").header("x-oss-version-id");
    String marked = delete("delete", "<Delete>" + object("k", "") + "</Delete>").body();
    String marker = client.get("k").header("x-oss-version-id");
    assertThat(marked)
        .contains("<DeleteMarker>true</DeleteMarker>", "<DeleteMarkerVersionId>" + marker + "<")
        .doesNotContain("<VersionId>");
    String gone = delete("delete", "<Delete>" + object("k", object) + "</Delete>").body();
    assertThat(gone).contains("<VersionId>" + object + "</VersionId>").doesNotContain("DeleteMarker>");
    String markerGone = delete("delete", "<Delete>" + object("k", marker) + "</Delete>").body();
    assertThat(markerGone).contains("<VersionId>" + marker + "<", "<DeleteMarker>true<", "<DeleteMarkerVersionId>" + marker + "<");
    assertThat(client.get("k").headers()).doesNotContainKey("x-oss-delete-marker");
  }

  @Test
  void blanksAroundAKeyBelongToIt() throws IOException {
    client.put("k", "x");
    client.put("%20k%20", "x");
    assertThat(delete("delete", "<Delete>\n <Quiet> true </Quiet>\n " + object(" k ", "") + "\n</Delete>").body()).isEmpty();
    assertThat(stored("k")).isEqualTo("x");
    assertThat(stored(" k ")).isEqualTo("(absent)");
  }

  @Test
  void aThousandKeysAreTakenAndNoMore() throws IOException {
    assertThat(delete("delete", "<Delete>" + object("k", "").repeat(1000) + "</Delete>").status()).isEqualTo(200);
    assertThat(delete("delete", "<Delete>" + object("k", "").repeat(1001) + "</Delete>").body()).contains("<Code>MalformedXML</Code>");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "",
    "<Delete>",
    "<Delete></Delete>",
    "<Delete><Object></Object></Delete>",
    "<Delete><Object><Key></Key></Object></Delete>",
    "<Remove><Object><Key>k</Key></Object></Remove>",
    "<!DOCTYPE Delete [<!ENTITY e \"k\">]><Delete><Object><Key>&e;</Key></Object></Delete>",
    "<!DOCTYPE Delete SYSTEM \"file:///etc/hostname\"><Delete><Object><Key>k</Key></Object></Delete>"
  })
  void whatIsNotAListOfKeysIsMalformed(String xml) throws IOException {
    client.put("k", "x");
    Response response = delete("delete", xml);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>MalformedXML</Code>");
    assertThat(stored("k")).isEqualTo("x");
  }

  @Test
  void theBodyMustHaveItsDigest() throws IOException {
    client.put("k", "x");
    String xml = "<Delete>" + object("k", "") + "</Delete>";
    assertThat(client.send("POST", "", "delete", Map.of(), xml).body()).contains("<Code>MissingArgument</Code>", "Content-MD5");
    assertThat(client.send("POST", "", "delete", Map.of("content-md5", "XUFAKrxLKna5cZ2REBfFkg=="), xml).body()).contains("InvalidDigest");
    assertThat(stored("k")).isEqualTo("x");
  }

  private static String object(String key, String versionId) {
    String version = versionId.isEmpty() ? "" : "<VersionId>" + versionId + "</VersionId>";
    return "<Object><Key>" + key + "</Key>" + version + "</Object>";
  }

  private Response delete(String query, String xml) throws IOException {
    return client.send("POST", "", query, Map.of("content-md5", ByteString.encodeUtf8(xml).md5().base64()), xml);
  }
}
