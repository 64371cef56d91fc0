package dev.ossresilience.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.http.Query;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The published V1 vectors: access key "ak", secret "sk" unless said. */
class V1Test {
  private static final String DATE = "Wed, 28 Dec 2022 10:27:41 GMT";

  @Test
  void stringToSignIsBuiltLineByLine() {
    assertThat(new V1(DATE).stringToSign(put()))
        .isEqualTo(
            "PUT\neB5eJF1ptWaXm4bijSPyxw==\ntext/html\nWed, 28 Dec 2022 10:27:41 GMT\nx-oss-date:Wed, 28 Dec 2022 10:27:41 GMT\n"
                + "x-oss-meta-author:alice\nx-oss-meta-magic:abracadabra\n/examplebucket/nelson");
  }

  @Test
  void headerSignature() {
    String signature = new V1(DATE).signature(put(), "sk");
    assertThat(V1.authorization("ak", signature)).isEqualTo("OSS ak:kSHKmLxlyEAKtZPkJhG9bZb5k7M=");
  }

  @Test
  void headerSignatureWithASubResource() {
    SigningRequest request = request("GET", "examplebucket", null, "resourceGroup&non-resousce=null", Map.of("x-oss-date", DATE));
    assertThat(new V1(DATE).signature(request, "sk")).isEqualTo("vkQmfuUDyi1uDi3bKt67oemssIs=");
  }

  @Test
  void presignedSignature() {
    assertThat(presigned("key", "versionId=versionId", 1699807420, Credentials.of("ak", "sk"), Map.of()))
        .isEqualTo("dcLTea+Yh9ApirQ8o8dOPqtvJXQ=");
  }

  @Test
  void presignedSignatureWithSecurityToken() {
    assertThat(presigned("key+123", "versionId=versionId", 1699808204, new Credentials("ak", "sk", "token"), Map.of()))
        .isEqualTo("jzKYRrM5y6Br0dRFPaTGOsbrDhY=");
  }

  @Test
  void presignedSignatureWithHeaders() {
    Map<String, String> headers = Map.of("Content-MD5", "md5", "Content-Type", "type");
    assertThat(presigned("key", "", 1422720000, Credentials.of("id", "key"), headers)).isEqualTo("XA8ThdVKdJQ4vlkoggdzCs5s1RY=");
  }

  @Test
  void aPresignedUrlSaysWhoSignedAndUntilWhen() {
    SigningRequest request = request("GET", "bucket", "key", "acl", Map.of());
    SigningRequest presignable = V1.presigned(Instant.ofEpochSecond(1699808204)).presignable(request, new Credentials("ak", "sk", "token"));
    assertThat(presignable.query()).isEqualTo(Query.parse("acl&OSSAccessKeyId=ak&Expires=1699808204&security-token=token"));
  }

  @Test
  void everyParameterOfOssItselfIsSignedAndNoneOfAListing() {
    assertThat(new V1("d").stringToSign(request("GET", "b", null, "x-oss-process=a,b&prefix=p&uploads&max-keys=1", Map.of())))
        .endsWith("\n/b/?uploads&x-oss-process=a,b");
  }

  private static String presigned(String key, String query, long expires, Credentials credentials, Map<String, String> headers) {
    V1 v1 = V1.presigned(Instant.ofEpochSecond(expires));
    SigningRequest request = request("GET", "bucket", key, query, headers);
    return v1.signature(v1.presignable(request, credentials), credentials.accessKeySecret());
  }

  private static SigningRequest put() {
    Map<String, String> headers =
        Map.of(
            "Content-MD5", "eB5eJF1ptWaXm4bijSPyxw==",
            "Content-Type", "text/html",
            "x-oss-meta-author", "alice",
            "x-oss-meta-magic", "abracadabra",
            "x-oss-date", DATE);
    return request("PUT", "examplebucket", "nelson", "", headers);
  }

  private static SigningRequest request(String method, String bucket, String key, String query, Map<String, String> headers) {
    return new SigningRequest(method, bucket, key, Query.parse(query), new TreeMap<>(headers));
  }
}
