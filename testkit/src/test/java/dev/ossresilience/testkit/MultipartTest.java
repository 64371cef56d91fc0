package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.testkit.RawClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in parts from their beginning to their end. */
class MultipartTest extends MultipartFixture {
  @Test
  void anObjectIsAssembledOfItsParts() throws Exception {
    String id = initiate("dir/a b", Map.of("content-type", "text/plain", "x-oss-meta-who", "me"));
    Response last = part("dir/a b", id, 7, "the end");
    Response first = part("dir/a b", id, 2, BIG);
    assertThat(stored("dir/a b")).as("not before it is completed").isEqualTo("(absent)");

    Response complete = complete("dir/a b", id, list("2", first.header("etag"), "7", last.header("etag")), Map.of());
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    digests.write(md5(bytes(BIG)));
    digests.write(md5(bytes("the end")));
    String etag = '"' + HexFormat.of().withUpperCase().formatHex(md5(digests.toByteArray())) + "-2\"";
    String crc = Long.toUnsignedString(Crc64.of(bytes(BIG + "the end")));
    assertThat(complete.status()).isEqualTo(200);
    assertThat(complete.header("etag")).isEqualTo(etag);
    assertThat(complete.header("x-oss-hash-crc64ecma")).isEqualTo(crc);
    assertThat(complete.headers()).doesNotContainKey("x-oss-version-id");
    assertThat(complete.body())
        .contains("<CompleteMultipartUploadResult>", "<Bucket>logs</Bucket>", "<Key>dir/a b</Key>", "<ETag>" + etag + "</ETag>")
        .contains("<Location>http://logs.oss-cn-hangzhou.aliyuncs.com/dir/a%20b</Location>");

    Response get = client.get("dir/a b");
    assertThat(get.body()).isEqualTo(BIG + "the end");
    assertThat(get.headers())
        .containsEntry("ETag", etag)
        .containsEntry("x-oss-object-type", "Multipart")
        .containsEntry("x-oss-hash-crc64ecma", crc)
        .containsEntry("Content-Type", "text/plain")
        .containsEntry("x-oss-meta-who", "me");
    assertThat(client.append("dir/a b", get.body().length(), "x").texts("Code")).containsExactly("ObjectNotAppendable");
  }

  @Test
  void theETagIsTheOneThatIsKnownForTheseBytes() throws IOException {
    // MD5 of the 16 bytes 5d41402abc4b2a76b9719d911017c592, which are the MD5 of "hello": computed with openssl.
    String id = initiate("k", Map.of());
    String etag = part("k", id, 1, "hello").header("etag");
    assertThat(etag).isEqualTo("\"5D41402ABC4B2A76B9719D911017C592\"");
    assertThat(complete("k", id, list("1", etag), Map.of()).header("etag")).isEqualTo("\"62109206880D38A4010A98E11243924A-1\"");
  }

  @Test
  void aPartIsAnsweredWithItsChecksumsAndReplacesTheOneOfItsNumber() throws Exception {
    String id = initiate("k", Map.of());
    part("k", id, 1, "first");
    String md5 = Base64.getEncoder().encodeToString(md5(bytes("second")));
    Response again = client.send("PUT", "k", "partNumber=1&uploadId=" + id, Map.of("content-md5", md5), "second");
    assertThat(again.headers())
        .containsEntry("x-oss-hash-crc64ecma", Long.toUnsignedString(Crc64.of(bytes("second"))))
        .containsEntry("Content-MD5", md5)
        .containsEntry("ETag", '"' + HexFormat.of().withUpperCase().formatHex(md5(bytes("second"))) + '"');
    assertThat(complete("k", id, "", Map.of("x-oss-complete-all", "yes")).status()).isEqualTo(200);
    assertThat(stored("k")).isEqualTo("second");
  }

  @Test
  void aDamagedPartIsNotTaken() throws IOException {
    String id = initiate("k", Map.of());
    String query = "partNumber=1&uploadId=" + id;
    assertThat(client.send("PUT", "k", query, Map.of("content-md5", "AAAA"), "x").texts("Code")).containsExactly("InvalidDigest");
    client.disconnect();
    assertThat(client.send("PUT", "k", query, Map.of("x-oss-hash-crc64ecma", "1"), "x").texts("Code")).containsExactly("InvalidCRC64");
    client.disconnect();
    assertThat(client.send("GET", "k", "uploadId=" + id, Map.of(), null).texts("PartNumber")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10001", "STR", "-1", ""})
  void aPartNumberIsFromOneToTenThousand(String number) throws IOException {
    Response response = client.send("PUT", "k", "partNumber=" + number + "&uploadId=" + initiate("k", Map.of()), Map.of(), "x");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .contains("<Code>InvalidArgument</Code>", "<Message>Part number must be an integer between 1 and 10000, inclusive.</Message>")
        .contains("<ArgumentValue>" + number + "</ArgumentValue>", "<EC>0017-00000220</EC>");
    assertThat(part("k", initiate("k", Map.of()), 10_000, "x").status()).isEqualTo(200);
  }

  @Test
  void aPartMayBeCopiedFromAnObject() throws IOException {
    client.put("from \u00FC", "0123456789");
    String id = initiate("k", Map.of());
    String source = "/logs/from%20%C3%BC";
    Response copy = copy(id, 1, Map.of("x-oss-copy-source", source, "x-oss-copy-source-range", "bytes=2-4"));
    assertThat(copy.status()).isEqualTo(200);
    assertThat(copy.body()).contains("<CopyPartResult>", "<LastModified>" + time.wallTime().toString().substring(0, 19) + ".");
    assertThat(copy.texts("ETag")).containsExactly("\"289DFF07669D7A23DE0EF88D2F7129E7\""); // of "234"
    assertThat(complete("k", id, list("1", copy.texts("ETag").get(0)), Map.of()).status()).isEqualTo(200);
    assertThat(stored("k")).isEqualTo("234");

    String whole = initiate("k", Map.of());
    copy(whole, 1, Map.of("x-oss-copy-source", source));
    complete("k", whole, "", Map.of("x-oss-complete-all", "yes"));
    assertThat(stored("k")).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @CsvSource({
    "/logs/none, NoSuchKey", "/nowhere/k, NoSuchBucket", "/logs, InvalidArgument", "/logs/k?versionId=1, NoSuchVersion",
  })
  void aPartIsNotCopiedFromNothing(String source, String code) throws IOException {
    assertThat(copy(initiate("k", Map.of()), 1, Map.of("x-oss-copy-source", source)).texts("Code")).containsExactly(code);
  }

  @Test
  void aPartIsCopiedOnlyIfTheSourceIsTheOneMeant() throws IOException {
    String etag = client.put("from", "x").header("etag");
    String id = initiate("k", Map.of());
    Map<String, String> other = Map.of("x-oss-copy-source", "/logs/from", "x-oss-copy-source-if-none-match", etag);
    assertThat(copy(id, 1, other).status()).isEqualTo(304);
    Map<String, String> same = Map.of("x-oss-copy-source", "/logs/from", "x-oss-copy-source-if-match", etag);
    assertThat(copy(id, 1, same).status()).isEqualTo(200);
  }

  @Test
  void theObjectIsWhatItsUploadWasInitiatedAs() throws IOException {
    String id = initiate("k", Map.of("x-oss-storage-class", "IA", "x-oss-tagging", "a=1", "cache-control", "no-cache"));
    assertThat(client.send("GET", "k", "uploadId=" + id, Map.of(), null).texts("StorageClass")).containsExactly("IA");
    part("k", id, 1, "x");
    complete("k", id, "", Map.of("x-oss-complete-all", "yes"));
    assertThat(client.head("k").headers()).containsEntry("x-oss-storage-class", "IA").containsEntry("Cache-Control", "no-cache");
    assertThat(client.bucket("GET", "logs", "", null).texts("StorageClass")).containsExactly("IA");
  }

  @Test
  void anUploadThatIsGoneIsNamed() throws IOException {
    String id = initiate("k", Map.of());
    String etag = part("k", id, 1, "x").header("etag");
    assertThat(complete("other", id, list("1", etag), Map.of()).status()).as("of another key").isEqualTo(404);
    assertThat(complete("k", id, list("1", etag), Map.of()).status()).isEqualTo(200);
    Response again = complete("k", id, list("1", etag), Map.of());
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.body()).contains("<Code>NoSuchUpload</Code>", "<UploadId>" + id + "</UploadId>", "<EC>0042-00000203</EC>");
    assertThat(part("k", id, 1, "x").texts("Code")).containsExactly("NoSuchUpload");
    assertThat(stored("k")).isEqualTo("x");
  }

  @Test
  void anAbortedUploadIsGone() throws IOException {
    String id = initiate("k", Map.of());
    part("k", id, 1, "x");
    assertThat(client.send("DELETE", "k", "uploadId=" + id, Map.of(), null).status()).isEqualTo(204);
    Response again = client.send("DELETE", "k", "uploadId=" + id, Map.of(), null);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.body()).contains("<Code>NoSuchUpload</Code>", "<UploadId>" + id + "</UploadId>");
    assertThat(complete("k", id, "", Map.of("x-oss-complete-all", "yes")).status()).isEqualTo(404);
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void keysAreEncodedOnRequest() throws IOException {
    Response initiated = client.send("POST", "a/\u00E9", "uploads&encoding-type=url", Map.of(), null);
    assertThat(initiated.texts("Key")).containsExactly("a%2F%C3%A9");
    assertThat(initiated.texts("EncodingType")).containsExactly("url");
    String id = initiated.texts("UploadId").get(0);
    part("a/\u00E9", id, 1, "x");
    Response complete =
        client.send("POST", "a/\u00E9", "encoding-type=url&uploadId=" + id, Map.of("x-oss-complete-all", "yes"), "");
    assertThat(complete.texts("Key")).containsExactly("a%2F%C3%A9");
  }
}
