package dev.ossresilience.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.http.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the V1 signer makes of a request; {@link V1Test} has the signatures themselves. */
class V1SignerTest {
  private static final Instant NOON = Instant.parse("2022-12-28T10:27:41.900Z");

  private final Credentials longTerm = Credentials.of("ak", "sk");
  private final OssSigner signer = OssSigner.v1(CredentialsProvider.of(longTerm));

  @Test
  void theDateIsSignedAndWritten() {
    Map<String, String> headers = signer.sign(request("PUT", "k", "", Map.of()), NOON);
    assertThat(headers).containsOnlyKeys("Date", "Authorization").containsEntry("Date", "Wed, 28 Dec 2022 10:27:41 GMT");
    assertThat(headers.get("Authorization")).isEqualTo("OSS ak:" + new V1(headers.get("Date")).signature(request("PUT", "k", "", Map.of()), "sk"));
  }

  @Test
  void theDayOfTheMonthHasTwoDigits() {
    assertThat(signer.sign(request("GET", "k", "", Map.of()), Instant.parse("2026-07-01T00:00:00Z"))).containsEntry("Date", "Wed, 01 Jul 2026 00:00:00 GMT");
    assertThat(signer.sign(request("GET", "k", "", Map.of()), Instant.parse("2026-07-09T23:59:59Z"))).containsEntry("Date", "Thu, 09 Jul 2026 23:59:59 GMT");
  }

  @Test
  void anotherDateOfTheCallersIsTakenAwayAndNotSigned() {
    Map<String, String> headers = signer.sign(request("GET", "k", "", Map.of("x-oss-date", "Mon, 01 Jan 2001 00:00:00 GMT")), NOON);
    assertThat(headers).containsEntry("x-oss-date", "");
    assertThat(headers.get("Authorization")).isEqualTo(signer.sign(request("GET", "k", "", Map.of()), NOON).get("Authorization"));
  }

  @Test
  void theSecurityTokenIsSigned() {
    Credentials sts = new Credentials("ak", "sk", "token");
    Map<String, String> headers = signer.sign(request("GET", "k", "", Map.of()), sts, NOON);
    assertThat(headers).containsEntry("x-oss-security-token", "token");
    SigningRequest sent = request("GET", "k", "", Map.of("x-oss-security-token", "token"));
    assertThat(headers.get("Authorization")).isEqualTo("OSS ak:" + new V1(headers.get("Date")).signature(sent, "sk"));
    assertThat(headers.get("Authorization")).isNotEqualTo(signer.sign(request("GET", "k", "", Map.of()), longTerm, NOON).get("Authorization"));
  }

  @Test
  void aParameterWithAnEmptyValueIsOneWithout() {
    assertThat(signer.sign(request("POST", "k", "append=&position=0", Map.of()), NOON))
        .isEqualTo(signer.sign(request("POST", "k", "append&position=0", Map.of()), NOON));
    assertThat(signer.sign(request("POST", "k", "position=0", Map.of()), NOON))
        .isNotEqualTo(signer.sign(request("POST", "k", "append&position=0", Map.of()), NOON));
  }

  @Test
  void presignsThePublishedVectors() {
    assertThat(presign(longTerm, request("GET", "key", "versionId=versionId", Map.of()), 1699807420)).isEqualTo("dcLTea+Yh9ApirQ8o8dOPqtvJXQ=");
    assertThat(presign(new Credentials("ak", "sk", "token"), request("GET", "key+123", "versionId=versionId", Map.of()), 1699808204))
        .isEqualTo("jzKYRrM5y6Br0dRFPaTGOsbrDhY=");
    assertThat(presign(Credentials.of("id", "key"), request("GET", "key", "", Map.of("Content-MD5", "md5", "Content-Type", "type")), 1422720000))
        .isEqualTo("XA8ThdVKdJQ4vlkoggdzCs5s1RY=");
  }

  @Test
  void aUrlIsGoodForASecondAtLeastAndNoLifetime() {
    SigningRequest request = request("GET", "k", "", Map.of());
    assertThatThrownBy(() -> signer.presign(request, longTerm, NOON, Duration.ofMillis(999))).hasMessageContaining("at least one second");
    assertThatThrownBy(() -> signer.presign(request, longTerm, NOON, Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secretsStayOutOfToString() {
    assertThat(OssSigner.v1(CredentialsProvider.of(new Credentials("CANARY-ID", "CANARY-SECRET", "CANARY-TOKEN"))).toString()).doesNotContain("CANARY");
  }

  private String presign(Credentials credentials, SigningRequest request, long expires) {
    Instant time = Instant.ofEpochSecond(expires).minusSeconds(60);
    return String.valueOf(signer.presign(request, credentials, time, Duration.ofSeconds(60)).first("Signature"));
  }

  private static SigningRequest request(String method, String key, String query, Map<String, String> headers) {
    return new SigningRequest(method, "bucket", key, Query.parse(query), new TreeMap<>(headers));
  }
}
