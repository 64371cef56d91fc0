package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be had without a signature. */
class PublicAccessTest extends SimulatorFixture {
  @BeforeEach
  void anObject() throws IOException {
    client.put("k", "x");
  }

  @ParameterizedTest
  @CsvSource({
    "private, default, 403, 403",
    "private, public-read, 200, 403",
    "private, public-read-write, 200, 200",
    "public-read, default, 200, 403",
    "public-read, private, 403, 403",
    "public-read-write, default, 200, 200",
    "public-read-write, private, 403, 403",
    "public-read-write, public-read, 200, 403"
  })
  void theAclOfTheObjectCountsAndThatOfItsBucketOtherwise(String bucket, String object, int read, int written) throws IOException {
    bucketAcl(bucket);
    client.send("PUT", "k", "acl", Map.of("x-oss-object-acl", object), "");
    assertThat(client.exchange("GET", "/logs/k", Map.of(), null).status()).isEqualTo(read);
    assertThat(client.exchange("HEAD", "/logs/k", Map.of(), null).status()).isEqualTo(read);
    assertThat(client.exchange("PUT", "/logs/k", Map.of(), "y").status()).isEqualTo(written);
    assertThat(stored("k")).isEqualTo(written == 200 ? "y" : "x");
  }

  @Test
  void whatIsAbsentIsSaidToBeWhereEverybodyMayRead() throws IOException {
    assertThat(client.exchange("GET", "/logs/none", Map.of(), null).body()).contains("<Code>AccessDenied</Code>");
    bucketAcl("public-read");
    assertThat(client.exchange("GET", "/logs/none", Map.of(), null).body()).contains("<Code>NoSuchKey</Code>");
  }

  @Test
  void everybodyMayAppendWhereEverybodyMayWrite() throws IOException {
    bucketAcl("public-read-write");
    assertThat(client.exchange("POST", "/logs/new?append&position=0", Map.of(), "y").status()).isEqualTo(200);
    assertThat(stored("new")).isEqualTo("y");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "GET /", "GET /logs", "GET /logs?acl", "GET /nowhere/k", "GET /logs/k?acl", "GET /logs/k?tagging", "PUT /logs?acl", "PUT /logs/k?acl",
    "DELETE /logs/k", "DELETE /logs"
  })
  void nothingElseIsOpenToEverybody(String request) throws IOException {
    bucketAcl("public-read-write");
    String[] words = request.split(" ", 2);
    Map<String, String> headers = Map.of("x-oss-object-acl", "private");
    String body = words[0].equals("PUT") ? "" : null;
    assertThat(client.exchange(words[0], words[1], headers, body).body()).contains("<Code>AccessDenied</Code>");
    assertThat(stored("k")).isEqualTo("x");
  }

  @Test
  void nobodyMayCopyWithoutASignature() throws IOException {
    bucketAcl("public-read-write");
    assertThat(client.exchange("PUT", "/logs/copy", Map.of("x-oss-copy-source", "/logs/k"), "").status()).isEqualTo(403);
    assertThat(stored("copy")).isEqualTo("(absent)");
  }

  @Test
  void aBadSignatureIsRefusedWhereNoneWouldDo() throws IOException {
    bucketAcl("public-read");
    assertThat(client.exchange("GET", "/logs/k", Map.of("Authorization", "OSS ak:none"), null).status()).isEqualTo(403);
  }

  private void bucketAcl(String acl) throws IOException {
    assertThat(client.send("PUT", "", "acl", Map.of("x-oss-acl", acl), "").status()).isEqualTo(200);
  }
}
