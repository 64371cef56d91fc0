package dev.ossresilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.signing.UnsignableException;
import dev.ossresilience.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whole URLs, by the published vectors. */
class PresignTest {
  private static final CredentialsProvider AK = CredentialsProvider.of(Credentials.of("ak", "sk"));
  private static final CredentialsProvider STS = CredentialsProvider.of(new Credentials("ak", "sk", "token"));

  @Test
  void v4() {
    assertThat(oss(OssSigner.v4("cn-hangzhou", AK), 1702781677).presign(vector(), Duration.ofSeconds(599)))
        .isEqualTo(
            "https://bucket.oss-cn-hangzhou.aliyuncs.com/1234%2B-/123/1.txt"
                + "?param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2&%7Cparam2&param2&x-oss-signature-version=OSS4-HMAC-SHA256"
                + "&x-oss-credential=ak%2F20231217%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-date=20231217T025437Z&x-oss-expires=599"
                + "&x-oss-signature=a39966c61718be0d5b14e668088b3fa07601033f6518ac7b523100014269c0fe");
  }

  @Test
  void v4WithAToken() {
    assertThat(oss(OssSigner.v4("cn-hangzhou", STS), 1702785388).presign(vector(), Duration.ofSeconds(599)))
        .contains("&x-oss-security-token=token&")
        .endsWith("&x-oss-signature=3817ac9d206cd6dfc90f1c09c00be45005602e55898f26f5ddb06d7892e1f8b5");
  }

  @Test
  void v4WithAdditionalHeaders() {
    assertThat(oss(OssSigner.v4("cn-hangzhou", AK).withAdditionalHeaders("ZAbc", "abc"), 1702783809).presign(vector(), Duration.ofSeconds(599)))
        .contains("&x-oss-additional-headers=abc%3Bzabc&")
        .endsWith("&x-oss-signature=6bd984bfe531afb6db1f7550983a741b103a8c58e5e14f83ea474c2322dfa2b7");
  }

  @Test
  void v1() {
    SigningRequest request = SigningRequest.of("GET", "bucket", "key").withParameter("versionId", "versionId");
    assertThat(oss(OssSigner.v1(AK), 1699807420 - 60).presign(request, Duration.ofSeconds(60)))
        .isEqualTo(
            "https://bucket.oss-cn-hangzhou.aliyuncs.com/key"
                + "?versionId=versionId&OSSAccessKeyId=ak&Expires=1699807420&Signature=dcLTea%2BYh9ApirQ8o8dOPqtvJXQ%3D");
  }

  @Test
  void v1WithAToken() {
    SigningRequest request = SigningRequest.of("GET", "bucket", "key+123").withParameter("versionId", "versionId");
    assertThat(oss(OssSigner.v1(STS), 1699808204 - 60).presign(request, Duration.ofSeconds(60)))
        .isEqualTo(
            "https://bucket.oss-cn-hangzhou.aliyuncs.com/key%2B123?versionId=versionId&OSSAccessKeyId=ak&Expires=1699808204"
                + "&security-token=token&Signature=jzKYRrM5y6Br0dRFPaTGOsbrDhY%3D");
  }

  @Test
  void v1WithHeaders() {
    SigningRequest request = SigningRequest.of("GET", "bucket", "key").withHeader("Content-MD5", "md5").withHeader("Content-Type", "type");
    OssSigner signer = OssSigner.v1(CredentialsProvider.of(Credentials.of("id", "key")));
    assertThat(oss(signer, 1422720000 - 60).presign(request, Duration.ofSeconds(60)))
        .isEqualTo(
            "https://bucket.oss-cn-hangzhou.aliyuncs.com/key?OSSAccessKeyId=id&Expires=1422720000&Signature=XA8ThdVKdJQ4vlkoggdzCs5s1RY%3D");
  }

  @Test
  void whatCantBePresignedIsNamed() {
    OssResilience oss = oss(OssSigner.v4("cn-hangzhou", AK), 1702781677);
    assertThatThrownBy(() -> oss.presign("GET", "b", "k", Duration.ofDays(8))).hasMessageContaining("604800");
    assertThatThrownBy(() -> oss.presign("GET", "b", "a/../k", Duration.ofSeconds(1))).hasMessageContaining("segment");
    SigningRequest bucket = new SigningRequest("GET", "b", null, Query.parse(null), new TreeMap<>());
    assertThatThrownBy(() -> oss.presign(bucket, Duration.ofSeconds(1))).hasMessageContaining("for an object");
    assertThatThrownBy(() -> oss(null, 0).presign("GET", "b", "k", Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signer(OssSigner.v4(");
  }

  @Test
  void aProviderThatThrowsIsNamedByClass() {
    OssSigner signer =
        OssSigner.v4(
            "cn-hangzhou",
            () -> {
              throw new IllegalArgumentException("CANARY");
            });
    assertThatThrownBy(() -> oss(signer, 0).presign("GET", "b", "k", Duration.ofSeconds(1)))
        .isInstanceOf(UnsignableException.class)
        .hasMessageContaining("CredentialsProvider threw java.lang.IllegalArgumentException")
        .hasStackTraceContaining("PresignTest")
        .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining("CANARY"));
  }

  private static SigningRequest vector() {
    Map<String, String> headers =
        Map.of("x-oss-head1", "value", "abc", "value", "ZAbc", "value", "XYZ", "value", "content-type", "application/octet-stream");
    Query query = Query.parse("param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2=&%7Cparam2=&param2=");
    return new SigningRequest("PUT", "bucket", "1234+-/123/1.txt", query, new TreeMap<>(headers));
  }

  private static OssResilience oss(@Nullable OssSigner signer, long epochSecond) {
    TimeSource time =
        new TimeSource() {
          @Override
          public Instant wallTime() {
            return Instant.ofEpochSecond(epochSecond);
          }

          @Override
          public long nanoTime() {
            return 0;
          }
        };
    OssResilience.Builder builder =
        OssResilience.builder().endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com")).time(time, (nanos, cancelled) -> {});
    return (signer == null ? builder : builder.signer(signer)).build();
  }
}
