package dev.ossresilience.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.http.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the V4 signer makes of a request beyond the plain case. */
class V4HeadersTest {
  private static final Query QUERY = Query.parse("param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2=&%7Cparam2=&param2=");
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final Credentials longTerm = Credentials.of("ak", "sk");
  private final V4Signer signer = OssSigner.v4("cn-hangzhou", CredentialsProvider.of(longTerm));

  @Test
  void additionalHeadersAreSignedWhateverTheirCase() {
    Map<String, String> headers = signer.withAdditionalHeaders("ZAbc", "abc", "absent", "x-oss-head1").sign(vector("text/plain"), at(1702747512));
    assertThat(headers.get("Authorization"))
        .endsWith(",AdditionalHeaders=abc;zabc,Signature=4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f");
  }

  @Test
  void theHostCanBeSigned() {
    SigningRequest here = vector("text/plain").withHeader("Host", "bucket.oss-cn-hangzhou.aliyuncs.com");
    SigningRequest there = vector("text/plain").withHeader("Host", "elsewhere.example.com");
    assertThat(signer.sign(here, NOON)).isEqualTo(signer.sign(there, NOON));
    V4Signer withHost = signer.withAdditionalHeaders("Host");
    assertThat(withHost.sign(here, NOON).get("Authorization")).contains(",AdditionalHeaders=host,");
    assertThat(withHost.sign(here, NOON)).isNotEqualTo(withHost.sign(there, NOON));
  }

  @Test
  void anotherProductIsPartOfTheScopeAndTheKey() {
    V4Signer cloudbox = signer.withProduct("oss-cloudbox");
    String authorization = cloudbox.sign(vector("text/plain"), at(1702743657)).get("Authorization");
    assertThat(authorization).contains("/20231216/cn-hangzhou/oss-cloudbox/aliyun_v4_request");
    assertThat(authorization).doesNotContain("e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe");
    assertThat(cloudbox.withAdditionalHeaders("abc").sign(vector("text/plain"), NOON).get("Authorization")).contains("oss-cloudbox").contains("=abc");
    assertThatThrownBy(() -> signer.withProduct("oss/x")).hasMessageContaining("product 'oss/x'");
  }

  @Test
  void theCallersChecksumOfThePayloadIsSigned() {
    SigningRequest request = vector("text/plain").withHeader("x-oss-content-sha256", "abc");
    assertThat(signer.sign(request, NOON)).containsEntry("x-oss-content-sha256", "abc");
    assertThat(signer.sign(request, NOON).get("Authorization")).isNotEqualTo(signer.sign(vector("text/plain"), NOON).get("Authorization"));
  }

  @Test
  void presignsThePublishedVectors() {
    assertThat(presign(signer, longTerm, 1702781677)).isEqualTo("a39966c61718be0d5b14e668088b3fa07601033f6518ac7b523100014269c0fe");
    assertThat(presign(signer, new Credentials("ak", "sk", "token"), 1702785388))
        .isEqualTo("3817ac9d206cd6dfc90f1c09c00be45005602e55898f26f5ddb06d7892e1f8b5");
    assertThat(presign(signer.withAdditionalHeaders("ZAbc", "abc"), longTerm, 1702783809))
        .isEqualTo("6bd984bfe531afb6db1f7550983a741b103a8c58e5e14f83ea474c2322dfa2b7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a+b /bucket/a%2Bb",
        "日志/🚀 /bucket/%E6%97%A5%E5%BF%97/%F0%9F%9A%80",
        "a%20b /bucket/a%2520b",
        "/a//b/ /bucket//a//b/",
        "~._-*? /bucket/~._-%2A%3F",
      })
  void keysAreEncodedOnceAndKeepTheirSlashes(String key, String uri) {
    assertThat(V4.canonicalRequest(SigningRequest.of("GET", "bucket", key), List.of()).lines().toList().get(1)).isEqualTo(uri);
  }

  @Test
  void blanksAndControlCharactersAreEncoded() {
    assertThat(V4.canonicalRequest(SigningRequest.of("GET", "bucket", "a b\t\u007fé"), List.of())).contains("/bucket/a%20b%09%7F%C3%A9\n");
  }

  @Test
  void parametersAreSortedAsEncodedAndTheLastOfANameCounts() {
    SigningRequest request = new SigningRequest("GET", "b", null, Query.parse("b=1&a-=2&a=3&%C3%A9=4&A=5&b=6"), new TreeMap<>());
    assertThat(V4.canonicalRequest(request, List.of())).startsWith("GET\n/b/\n%C3%A9=4&A=5&a=3&a-=2&b=6\n");
  }

  @Test
  void aParameterWithAnEmptyValueIsOneWithout() {
    assertThat(signer.sign(append("append=&position=0"), NOON)).isEqualTo(signer.sign(append("append&position=0"), NOON));
    assertThat(signer.sign(append("append&position=0"), NOON)).isNotEqualTo(signer.sign(append("position=0"), NOON));
  }

  @Test
  void headersAreSortedByTheirBytes() {
    SigningRequest request = SigningRequest.of("PUT", "b", "k");
    for (String name : List.of("meta-zzz", "meta-abc_123", "meta-abc123", "meta-abc-123", "meta-abc", "meta-123")) {
      request = request.withHeader("X-Oss-" + name, " v ").withHeader("Content-MD5", "v");
    }
    assertThat(V4.canonicalRequest(request, List.of()).lines().skip(3).takeWhile(line -> !line.isEmpty()))
        .containsExactly(
            "content-md5:v", "x-oss-meta-123:v", "x-oss-meta-abc:v", "x-oss-meta-abc-123:v", "x-oss-meta-abc123:v", "x-oss-meta-abc_123:v", "x-oss-meta-zzz:v");
  }

  @Test
  void aClockThatCantBeWrittenIsNamed() {
    assertThatThrownBy(() -> signer.sign(append(""), Instant.parse("1969-12-31T23:59:59Z")))
        .isInstanceOf(UnsignableException.class)
        .hasMessageContaining("1969").hasMessageContaining("set the clock");
    assertThatThrownBy(() -> signer.sign(append(""), Instant.parse("+10000-01-01T00:00:00Z"))).hasMessageContaining("set the clock");
    assertThat(V4.timestamp(Instant.parse("9999-12-31T23:59:59.999Z"))).isEqualTo("99991231T235959Z");
    assertThat(V4.timestamp(Instant.EPOCH)).isEqualTo("19700101T000000Z");
  }

  @Test
  void badSettingsAreNamed() {
    CredentialsProvider provider = CredentialsProvider.of(longTerm);
    assertThatThrownBy(() -> OssSigner.v4("", provider)).hasMessageContaining("region ''").hasMessageContaining("cn-hangzhou");
    assertThatThrownBy(() -> OssSigner.v4(nothing(), provider)).hasMessageContaining("region is null").hasMessageContaining("cn-hangzhou");
    assertThatThrownBy(() -> OssSigner.v4("cn-hangzhou", nothing())).hasMessageContaining("credentials");
    assertThatThrownBy(() -> OssSigner.v1(nothing())).hasMessageContaining("credentials");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  private static String presign(OssSigner signer, Credentials credentials, long epochSecond) {
    return String.valueOf(signer.presign(vector("application/octet-stream"), credentials, at(epochSecond), Duration.ofSeconds(599)).first("x-oss-signature"));
  }

  private static Instant at(long epochSecond) {
    return Instant.ofEpochSecond(epochSecond);
  }

  private static SigningRequest append(String query) {
    return new SigningRequest("POST", "bucket", "k", Query.parse(query), new TreeMap<>());
  }

  private static SigningRequest vector(String contentType) {
    Map<String, String> headers = Map.of("x-oss-head1", "value", "abc", "value", "ZAbc", "value", "XYZ", "value", "content-type", contentType);
    return new SigningRequest("PUT", "bucket", "1234+-/123/1.txt", QUERY, new TreeMap<>(headers));
  }
}
