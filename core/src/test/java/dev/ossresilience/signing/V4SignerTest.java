package dev.ossresilience.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.http.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The published V4 vectors: access key "ak", secret "sk", region cn-hangzhou. */
class V4SignerTest {
  private static final Query QUERY = Query.parse("param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2=&%7Cparam2=&param2=");

  @Test
  void canonicalRequestIsBuiltLineByLine() {
    SigningRequest request = h("text/plain").with(Map.of("x-oss-content-sha256", "UNSIGNED-PAYLOAD", "x-oss-date", "20231216T162057Z"));
    assertThat(V4.canonicalRequest(request, Set.of()).lines())
        .containsExactly(
            "PUT",
            "/bucket/1234%2B-/123/1.txt",
            "%2Bparam1=value3&%2Bparam2&%7Cparam1=value4&%7Cparam2&param1=value1&param2",
            "content-type:text/plain",
            "x-oss-content-sha256:UNSIGNED-PAYLOAD",
            "x-oss-date:20231216T162057Z",
            "x-oss-head1:value",
            "",
            "",
            "UNSIGNED-PAYLOAD");
  }

  @Test
  void headerSignature() {
    assertThat(authorization(Credentials.of("ak", "sk"), h("text/plain"), 1702743657))
        .isEqualTo(
            "OSS4-HMAC-SHA256 Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,"
                + "Signature=e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe");
  }

  @Test
  void headerSignatureWithSecurityToken() {
    assertThat(authorization(new Credentials("ak", "sk", "token"), h("text/plain"), 1702784856))
        .endsWith("Signature=b94a3f999cf85bcdc00d332fbd3734ba03e48382c36fa4d5af5df817395bd9ea");
  }

  @Test
  void headerSignatureWithAdditionalHeaders() {
    V4 v4 = new V4(V4.timestamp(Instant.ofEpochSecond(1702747512)), "cn-hangzhou", "oss");
    SigningRequest request = h("text/plain").with(Map.of("x-oss-content-sha256", "UNSIGNED-PAYLOAD", "x-oss-date", v4.timestamp()));
    List<String> additional = List.copyOf(V4.additional(request, List.of("ZAbc", "abc")));
    assertThat(v4.authorization("ak", additional, v4.signature(request, additional, v4.deriveKey("sk"))))
        .endsWith("AdditionalHeaders=abc;zabc,Signature=4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f");
  }

  @Test
  void keyWithEveryAwkwardCharacter() {
    SigningRequest request =
        new SigningRequest(
            "PUT",
            "oss-bucket-test",
            "test-sign-V4/-!@#$%^&*()/abcdefjhijklmnoqprstuvwxyz/123456789",
            QUERY,
            h("application/octet-stream").headers());
    assertThat(authorization(Credentials.of("ak", "sk"), request, Instant.parse("2022-10-16T04:07:19Z").getEpochSecond()))
        .endsWith("Signature=16e58322c5aafb55edd82813b02d6521caab8194882c786bf0e77b7987a63979");
  }

  @Test
  void aTokenLeftOverFromOtherCredentialsIsRemovedAndNotSigned() {
    SigningRequest stale = h("text/plain").with(Map.of("x-oss-security-token", "old"));
    Map<String, String> headers =
        OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))).sign(stale, Instant.ofEpochSecond(1702743657));
    assertThat(headers).containsEntry("x-oss-security-token", "");
    assertThat(headers.get("Authorization")).endsWith("e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe");
  }

  @Test
  void rotatedSecretIsUsedAtOnce() {
    Credentials[] current = {Credentials.of("ak", "sk")};
    OssSigner signer = OssSigner.v4("cn-hangzhou", () -> current[0]);
    String before = signer.sign(h("text/plain"), Instant.ofEpochSecond(1702743657)).get("Authorization");
    current[0] = Credentials.of("ak", "other");
    assertThat(signer.sign(h("text/plain"), Instant.ofEpochSecond(1702743657)).get("Authorization")).isNotEqualTo(before);
  }

  @Test
  void badSettingsAreNamed() {
    assertThatThrownBy(() -> OssSigner.v4("oss-cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
        .hasMessageContaining("region 'oss-cn-hangzhou'");
    assertThatThrownBy(() -> Credentials.of("ak\n", "sk")).hasMessageContaining("accessKeyId").hasMessageContaining("index 2");
    assertThatThrownBy(() -> Credentials.of("ak", " ")).hasMessageContaining("accessKeySecret");
  }

  @Test
  void secretsStayOutOfToString() {
    Credentials canary = new Credentials("CANARY-ID", "CANARY-SECRET", "CANARY-TOKEN");
    OssSigner signer = OssSigner.v4("cn-hangzhou", CredentialsProvider.of(canary));
    assertThat(canary + " " + signer + h("text/plain").with(Map.of("x-oss-security-token", "CANARY-TOKEN"))).doesNotContain("CANARY");
  }

  private static String authorization(Credentials credentials, SigningRequest request, long epochSecond) {
    return String.valueOf(
        OssSigner.v4("cn-hangzhou", CredentialsProvider.of(credentials)).sign(request, Instant.ofEpochSecond(epochSecond)).get("Authorization"));
  }

  private static SigningRequest h(String contentType) {
    Map<String, String> headers = Map.of("x-oss-head1", "value", "abc", "value", "ZAbc", "value", "XYZ", "value", "content-type", contentType);
    return new SigningRequest("PUT", "bucket", "1234+-/123/1.txt", QUERY, new TreeMap<>(headers));
  }
}
