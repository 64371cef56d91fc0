package dev.ossresilience.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.http.Query;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The published vectors of V4 in the query: access key "ak", secret "sk", region cn-hangzhou, good for 599 s. */
class V4PresignTest {
  private static final Credentials LONG_TERM = Credentials.of("ak", "sk");

  @Test
  void presignedSignature() {
    assertThat(signature(1702781677, LONG_TERM, List.of())).isEqualTo("a39966c61718be0d5b14e668088b3fa07601033f6518ac7b523100014269c0fe");
  }

  @Test
  void presignedSignatureWithSecurityToken() {
    assertThat(signature(1702785388, new Credentials("ak", "sk", "token"), List.of()))
        .isEqualTo("3817ac9d206cd6dfc90f1c09c00be45005602e55898f26f5ddb06d7892e1f8b5");
  }

  @Test
  void presignedSignatureWithAdditionalHeaders() {
    assertThat(signature(1702783809, LONG_TERM, List.of("ZAbc", "abc")))
        .isEqualTo("6bd984bfe531afb6db1f7550983a741b103a8c58e5e14f83ea474c2322dfa2b7");
  }

  @Test
  void theSignatureItselfIsNotSigned() {
    V4 v4 = v4(1702781677);
    SigningRequest presignable = v4.presignable(request(), LONG_TERM, List.of(), 599);
    SigningRequest received = presignable.withQuery(presignable.query().with("x-oss-signature", "abc"));
    assertThat(V4.canonicalRequest(received, List.of())).isEqualTo(V4.canonicalRequest(presignable, List.of()));
  }

  @Test
  void moreThanSevenDaysIsRefused() {
    V4 v4 = v4(1702781677);
    assertThat(v4.presignable(request(), LONG_TERM, List.of(), 604_800).query().first("x-oss-expires")).isEqualTo("604800");
    assertThatThrownBy(() -> v4.presignable(request(), LONG_TERM, List.of(), 604_801)).hasMessageContaining("604801");
    assertThatThrownBy(() -> v4.presignable(request(), LONG_TERM, List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String signature(long epochSecond, Credentials credentials, Collection<String> additionalHeaders) {
    V4 v4 = v4(epochSecond);
    SigningRequest presignable = v4.presignable(request(), credentials, additionalHeaders, 599);
    return v4.signature(presignable, additionalHeaders, v4.deriveKey("sk"));
  }

  private static V4 v4(long epochSecond) {
    return new V4(V4.timestamp(Instant.ofEpochSecond(epochSecond)), "cn-hangzhou", "oss");
  }

  private static SigningRequest request() {
    Map<String, String> headers =
        Map.of("x-oss-head1", "value", "abc", "value", "ZAbc", "value", "XYZ", "value", "content-type", "application/octet-stream");
    Query query = Query.parse("param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2=&%7Cparam2=&param2=");
    return new SigningRequest("PUT", "bucket", "1234+-/123/1.txt", query, new TreeMap<>(headers));
  }
}
