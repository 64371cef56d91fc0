package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts an upload may be completed with, and when. */
class MultipartCompletionTest extends MultipartFixture {
  @Test
  void aPartThatIsUnknownOrAnotherIsInvalid() throws IOException {
    String id = initiate("k", Map.of());
    String etag = part("k", id, 1, "x").header("etag");
    assertThat(complete("k", id, list("2", etag), Map.of()).texts("Code")).containsExactly("InvalidPart");
    assertThat(complete("k", id, list("1", "\"0\""), Map.of()).texts("Code")).containsExactly("InvalidPart");
    Response unquoted = complete("k", id, list("1", etag.replace("\"", "")), Map.of());
    assertThat(unquoted.status()).as("it is still there").isEqualTo(200);
  }

  @Test
  void partsMustAscend() throws IOException {
    String id = initiate("k", Map.of());
    String one = part("k", id, 1, BIG).header("etag");
    String two = part("k", id, 2, BIG).header("etag");
    Response response = complete("k", id, list("2", two, "1", one), Map.of());
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>InvalidPartOrder</Code>", "<EC>0042-00000209</EC>");
    assertThat(complete("k", id, list("1", one, "1", one), Map.of()).texts("Code")).containsExactly("InvalidPartOrder");
  }

  @Test
  void onlyTheLastPartMayBeSmall() throws IOException {
    String id = initiate("k", Map.of());
    String small = part("k", id, 1, BIG.substring(1)).header("etag");
    String last = part("k", id, 2, "x").header("etag");
    Response response = complete("k", id, list("1", small, "2", last), Map.of());
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>EntityTooSmall</Code>", "<EC>0042-00000213</EC>");
    assertThat(complete("k", id, "", Map.of("x-oss-complete-all", "yes")).texts("Code")).containsExactly("EntityTooSmall");
    assertThat(complete("k", id, list("1", small), Map.of()).status()).as("it may leave parts out").isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "no XML", "<CompleteMultipartUpload>", "<CompleteMultipartUpload/>", "<Other><Part/></Other>",
    "<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>e</ETag></Part></CompleteMultipartUpload>",
    "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>",
    "<!DOCTYPE a [<!ENTITY e \"1\">]><CompleteMultipartUpload><Part><PartNumber>&e;</PartNumber><ETag>e</ETag></Part>"
        + "</CompleteMultipartUpload>",
    "<!DOCTYPE a SYSTEM \"file:///etc/hostname\"><CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>"
        + "</CompleteMultipartUpload>",
  })
  void aBodyThatIsNoListOfPartsIsMalformed(String body) throws IOException {
    String id = initiate("k", Map.of());
    part("k", id, 1, "x");
    Response response = complete("k", id, body, Map.of());
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>MalformedXML</Code>", "<EC>0042-00000205</EC>");
  }

  @Test
  void aBodyThatIsTooDeepIsMalformed() throws IOException {
    assertThat(complete("k", initiate("k", Map.of()), "<a>".repeat(100_000), Map.of()).texts("Code")).containsExactly("MalformedXML");
  }

  @Test
  void aDamagedListIsNotTaken() throws IOException {
    String id = initiate("k", Map.of());
    String body = list("1", part("k", id, 1, "x").header("etag"));
    assertThat(complete("k", id, body, Map.of("content-md5", "AAAA")).texts("Code")).containsExactly("InvalidDigest");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void allPartsAreTakenWithoutAListOrNotAtAll() throws IOException {
    String id = initiate("k", Map.of());
    assertThat(complete("k", id, "", Map.of("x-oss-complete-all", "yes")).texts("Code")).containsExactly("InvalidPart");
    String body = list("2", part("k", id, 2, "y").header("etag"));
    part("k", id, 1, BIG);
    assertThat(complete("k", id, body, Map.of("x-oss-complete-all", "yes")).status()).isEqualTo(400);
    assertThat(complete("k", id, "", Map.of("x-oss-complete-all", "no")).status()).isEqualTo(400);
    assertThat(complete("k", id, "", Map.of("x-oss-complete-all", "yes")).status()).isEqualTo(200);
    assertThat(stored("k")).isEqualTo(BIG + "y");
  }

  @Test
  void overwritingCanBeForbiddenAtBothEnds() throws IOException {
    Map<String, String> forbid = Map.of("x-oss-forbid-overwrite", "true");
    String id = initiate("k", forbid);
    String body = list("1", part("k", id, 1, "new").header("etag"));
    client.put("k", "old");
    Response initiated = client.send("POST", "k", "uploads", forbid, null);
    assertThat(initiated.status()).isEqualTo(409);
    assertThat(initiated.body()).contains("<Code>FileAlreadyExists</Code>", "<EC>0026-00000002</EC>");
    assertThat(complete("k", id, body, forbid).texts("Code")).containsExactly("FileAlreadyExists");
    assertThat(stored("k")).isEqualTo("old");
    assertThat(complete("k", id, body, Map.of("x-oss-forbid-overwrite", "false")).status()).isEqualTo(200);
    assertThat(stored("k")).isEqualTo("new");
  }

  @Test
  void aBucketWithVersionsNamesTheNewOne() throws IOException {
    client.bucket("PUT", "logs", "versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    client.put("k", "old");
    Map<String, String> forbid = Map.of("x-oss-forbid-overwrite", "true"); // nothing is lost, so this is ignored
    String id = initiate("k", forbid);
    Response complete = complete("k", id, list("1", part("k", id, 1, "new").header("etag")), forbid);
    Response versions = client.bucket("GET", "logs", "versions", null);
    assertThat(versions.texts("VersionId")).hasSize(2).element(0).isEqualTo(complete.header("x-oss-version-id"));
    assertThat(versions.texts("Type")).containsExactly("Multipart", "Normal");
  }
}
