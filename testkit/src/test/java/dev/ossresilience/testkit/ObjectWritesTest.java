package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.store.Versioning;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectWritesTest extends SimulatorFixture {
  private static final Map<String, String> FORBID = Map.of("x-oss-forbid-overwrite", "true");

  @Test
  void anExistingObjectIsNotOverwrittenIfThatIsForbidden() throws IOException {
    assertThat(client.send("PUT", "k", "", FORBID, "one").status()).isEqualTo(200);
    Response second = client.send("PUT", "k", "", FORBID, "two");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.body()).contains("<Code>FileAlreadyExists</Code>", "<EC>0026-00000002</EC>");
    assertThat(stored("k")).isEqualTo("one");
    assertThat(client.send("PUT", "k", "", Map.of("x-oss-forbid-overwrite", "false"), "two").status()).isEqualTo(200);
    client.delete("k");
    assertThat(client.send("PUT", "k", "", FORBID, "three").status()).isEqualTo(200);
  }

  @Test
  void aCopyAnAppendAndASymlinkCanBeForbiddenToOverwriteToo() throws IOException {
    client.append("k", 0, "one");
    Map<String, String> copy = Map.of("x-oss-forbid-overwrite", "true", "x-oss-copy-source", "/logs/k");
    Map<String, String> symlink = Map.of("x-oss-forbid-overwrite", "true", "x-oss-symlink-target", "x");
    assertThat(client.send("PUT", "k", "", copy, null).body()).contains("<Code>FileAlreadyExists</Code>");
    assertThat(client.send("PUT", "k", "symlink", symlink, null).body()).contains("<Code>FileAlreadyExists</Code>");
    assertThat(client.send("POST", "k", "append&position=0", FORBID, "x").body()).contains("<Code>FileAlreadyExists</Code>");
    assertThat(client.send("POST", "k", "append&position=3", FORBID, ",two").status()).as("nothing is overwritten").isEqualTo(200);
    assertThat(client.send("POST", "new", "append&position=0", FORBID, "x").status()).isEqualTo(200);
  }

  @Test
  void aBucketThatKeepsVersionsMayAlwaysBeWrittenTo() throws IOException {
    client.put("k", "one");
    oss.versioning("logs", Versioning.ENABLED);
    assertThat(client.send("PUT", "k", "", FORBID, "two").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"PUT, ''", "POST, append&position=0"})
  void aBodyOfUnknownLengthIsRefused(String method, String query) throws IOException {
    Response response = client.send(method, "k", query, Map.of(), null);
    assertThat(response.status()).isEqualTo(411);
    assertThat(response.body()).contains("<Code>MissingContentLength</Code>");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void aChunkedBodyNeedsNoLength() throws IOException {
    SortedMap<String, String> headers = new TreeMap<>(Map.of("content-type", "text/plain"));
    SigningRequest request = new SigningRequest("PUT", "logs", "k", Query.parse(""), headers);
    OssSigner signer = OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk")));
    headers.putAll(signer.sign(request, time.wallTime()));
    HttpURLConnection put = (HttpURLConnection) URI.create(oss.endpoint() + "/logs/k").toURL().openConnection();
    headers.forEach(put::setRequestProperty);
    put.setRequestMethod("PUT");
    put.setDoOutput(true);
    put.setChunkedStreamingMode(0);
    put.getOutputStream().write(bytes("hello"));
    assertThat(put.getResponseCode()).isEqualTo(200);
    put.disconnect();
    assertThat(stored("k")).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({"/k, The specified object is not valid.", "\\k, The specified object is not valid."})
  void aKeyMustNotStartWithASlash(String key, String message) throws IOException {
    Response response = client.put(key, "x");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>InvalidObjectName</Code>", message);
  }

  @Test
  void aKeyHasAtMost1023Bytes() throws IOException {
    assertThat(client.put("k".repeat(1023), "x").status()).isEqualTo(200);
    assertThat(client.put("k".repeat(1024), "x").body())
        .contains("<Code>InvalidObjectName</Code>", "The Length of Object name must be less than 1024.");
    assertThat(client.put("ü".repeat(512), "x").body()).contains("<Code>InvalidObjectName</Code>");
  }

  @ParameterizedTest
  @CsvSource({"x-oss-storage-class, Cheap", "x-oss-object-acl, mine"})
  void aHeaderWithAnUnknownValueIsRefused(String header, String value) throws IOException {
    Response response = client.send("PUT", "k", "", Map.of(header, value), "x");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .contains("<Code>InvalidArgument</Code>", "<ArgumentName>" + header + "<", "<ArgumentValue>" + value + "<");
  }

  @Test
  void whatAnAppendSaysOfTheObjectCountsOnlyWhenItCreatesIt() throws IOException {
    client.send("POST", "k", "append&position=0", Map.of("x-oss-meta-who", "first", "content-type", "text/a"), "one");
    client.send("POST", "k", "append&position=3", Map.of("x-oss-meta-who", "second", "x-oss-tagging", "a=b"), "two");
    assertThat(client.head("k").headers())
        .containsEntry("x-oss-meta-who", "first")
        .containsEntry("content-type", "text/a")
        .doesNotContainKey("x-oss-tagging-count");
  }
}
