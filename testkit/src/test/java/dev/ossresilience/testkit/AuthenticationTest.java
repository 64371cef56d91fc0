package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.signing.V4;
import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.time.HttpDates;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest extends SimulatorFixture {
  @AfterEach
  void nothingWasStored() {
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void anUnsignedRequestIsDenied() throws IOException {
    Response response = client.exchange("PUT", "/logs/k", Map.of(), "x");
    assertRefused(response, 403, "AccessDenied", "bucket acl");
  }

  @Test
  void aSignedRequestNeedsADate() throws IOException {
    Response response = client.send("PUT", "k", "", Map.of("x-oss-date", ""), "x");
    assertRefused(response, 403, "AccessDenied", "<EC>0002-00000503</EC>");
    assertThat(response.header("x-oss-ec")).isEqualTo("0002-00000503");
  }

  @Test
  void aDateThatIsNoneIsDenied() throws IOException {
    assertRefused(client.send("PUT", "k", "", Map.of("x-oss-date", "yesterday"), "x"), 403, "AccessDenied", "Bad date format");
  }

  @ParameterizedTest
  @ValueSource(longs = {901, -901, 90_000, -90_000})
  void aDateMoreThanFifteenMinutesOffIsTooSkewed(long serverIsAheadSeconds) throws IOException {
    oss.clockOffset(Duration.ofSeconds(serverIsAheadSeconds));
    Response response = client.put("k", "x");
    Instant server = time.wallTime().plusSeconds(serverIsAheadSeconds);
    assertRefused(response, 403, "RequestTimeTooSkewed", "<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>");
    assertThat(response.body())
        .contains("<RequestTime>2026-01-15T12:00:00.000Z</RequestTime>")
        .contains("<ServerTime>" + server.toString().replace("Z", ".000Z") + "</ServerTime>")
        .contains("<EC>0002-00000504</EC>");
    assertThat(response.header("date")).isEqualTo(HttpDates.format(server));
    assertThat(response.header("connection")).isEqualTo("keep-alive");
  }

  @ParameterizedTest
  @ValueSource(longs = {900, -900})
  void aDateFifteenMinutesOffIsAccepted(long serverIsAheadSeconds) throws IOException {
    oss.clockOffset(Duration.ofSeconds(serverIsAheadSeconds));
    assertThat(client.head("k").status()).isEqualTo(404);
  }

  @Test
  void aSkewedHeadTellsTheServersTimeInItsHeader() throws IOException {
    oss.clockOffset(Duration.ofHours(1));
    assertThat(client.head("k").errorInHeader())
        .contains("<Code>RequestTimeTooSkewed</Code>", "<ServerTime>2026-01-15T13:00:00.000Z</ServerTime>");
  }

  @Test
  void theSkewIsJudgedBeforeTheKeyAndTheSignature() throws IOException {
    oss.clockOffset(Duration.ofHours(1));
    assertRefused(client.credentials(Credentials.of("other", "other")).put("k", "x"), 403, "RequestTimeTooSkewed", "");
  }

  @Test
  void theServersClockFollowsItsTimeSource() throws IOException {
    String date = client.head("k").header("date");
    time.advance(Duration.ofSeconds(1));
    assertThat(client.head("k").header("date")).isNotEqualTo(date).isEqualTo("Thu, 15 Jan 2026 12:00:01 GMT");
  }

  @Test
  void anUnknownAccessKeyIsNamed() throws IOException {
    Response response = client.credentials(Credentials.of("other", "sk")).put("k", "x");
    assertRefused(response, 403, "InvalidAccessKeyId", "<OSSAccessKeyId>other</OSSAccessKeyId>");
    assertThat(response.header("x-oss-ec")).isEqualTo("0002-00000902");
  }

  @Test
  void anotherSecretDoesNotMatch() throws IOException {
    Response response = client.credentials(Credentials.of("ak", "other")).put("k", "x");
    assertRefused(response, 403, "SignatureDoesNotMatch", "<OSSAccessKeyId>ak</OSSAccessKeyId>");
    assertThat(response.body())
        .contains("<SignatureProvided>", "<StringToSign>OSS4-HMAC-SHA256\n20260115T120000Z\n20260115/cn-hangzhou/oss/aliyun_v4_request\n")
        .contains("<StringToSignBytes>4F 53 53 34 ");
  }

  @ParameterizedTest
  @CsvSource({"GET, /logs/k", "PUT, /logs/other", "PUT, /logs/k?acl", "PUT, /other/k"})
  void aSignatureIsGoodForItsOwnRequestOnly(String method, String target) throws IOException {
    client.delete("k");
    Map<String, String> signed = new HashMap<>(oss.requests().get(0).headers()); // of DELETE /logs/k
    assertRefused(client.exchange(method, target, signed, null), 403, "SignatureDoesNotMatch", "");
  }

  @Test
  void aSignedHeaderCantBeChanged() throws IOException {
    client.delete("k");
    Map<String, String> signed = new HashMap<>(oss.requests().get(0).headers());
    signed.put("x-oss-meta-a", "smuggled");
    assertRefused(client.exchange("DELETE", "/logs/k", signed, null), 403, "SignatureDoesNotMatch", "");
    signed.remove("x-oss-meta-a");
    assertThat(client.exchange("DELETE", "/logs/k", signed, null).status()).isEqualTo(204);
  }

  @Test
  void additionalHeadersAreSignedToo() throws IOException {
    V4 v4 = new V4(V4.timestamp(time.wallTime()), "cn-hangzhou", "oss");
    Map<String, String> headers = new HashMap<>();
    headers.put("abc", "1");
    headers.put("x-oss-date", v4.timestamp());
    headers.put("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
    SigningRequest request = new SigningRequest("DELETE", "logs", "k", Query.parse(null), new TreeMap<>(headers));
    String signature = v4.signature(request, List.of("abc"), v4.deriveKey("sk"));
    headers.put("authorization", v4.authorization("ak", List.of("abc"), signature));
    assertThat(client.exchange("DELETE", "/logs/k", headers, null).status()).isEqualTo(204);
    headers.put("abc", "2");
    assertThat(client.exchange("DELETE", "/logs/k", headers, null).body()).contains("SignatureDoesNotMatch");
  }

  @Test
  void anAdditionalHeaderThatIsClaimedButAbsentDoesNotMatch() throws IOException {
    V4 v4 = new V4(V4.timestamp(time.wallTime()), "cn-hangzhou", "oss");
    Map<String, String> headers = new HashMap<>();
    headers.put("x-oss-date", v4.timestamp());
    SigningRequest request = new SigningRequest("DELETE", "logs", "k", Query.parse(null), new TreeMap<>(headers));
    String signature = v4.signature(request, List.of("range"), v4.deriveKey("sk")); // which leaves out what is absent
    headers.put("authorization", v4.authorization("ak", List.of("range"), signature));
    Response response = client.exchange("DELETE", "/logs/k", headers, null);
    assertRefused(response, 403, "SignatureDoesNotMatch", "\nrange:\n");
    headers.put("authorization", v4.authorization("ak", List.of(), signature));
    assertThat(client.exchange("DELETE", "/logs/k", headers, null).status()).isEqualTo(204);
  }

  @Test
  void aParameterOfV4MustNotComeTwice() throws IOException {
    assertRefused(client.send("POST", "k", "append&position=5&position=99", Map.of(), "x"), 400, "InvalidArgument", "position");
    assertRefused(client.send("GET", "k", "a=1&%61=1", Map.of(), null), 400, "InvalidArgument", "<ArgumentName>a</ArgumentName>");
  }

  @Test
  void aHashOfThePayloadMustBeOfThisPayload() throws IOException {
    String hash = ByteString.encodeUtf8("y").sha256().hex();
    Response response = client.send("PUT", "k", "", Map.of("x-oss-content-sha256", hash), "x");
    assertRefused(response, 400, "InvalidArgument", "<ArgumentName>x-oss-content-sha256</ArgumentName>");
    assertThat(response.header("x-oss-ec")).isEqualTo("0002-00000214");
    assertThat(client.send("PUT", "other", "", Map.of("x-oss-content-sha256", hash), "y").status()).isEqualTo(200);
  }

  @Test
  void anotherRegionInTheScopeIsMalformed() throws IOException {
    assertRefused(client.region("cn-beijing").put("k", "x"), 403, "AuthorizationHeaderMalformed", "region");
  }

  @Test
  void anAuthorizationOfAnotherShapeIsMalformed() throws IOException {
    assertRefused(client.send("PUT", "k", "", Map.of("authorization", "Bearer x"), "x"), 403, "AuthorizationHeaderMalformed", "");
  }

  @Test
  void aScopeOfAnotherDayThanTheDateIsRefused() throws IOException {
    V4 yesterday = new V4(V4.timestamp(time.wallTime().minus(Duration.ofDays(1))), "cn-hangzhou", "oss");
    Map<String, String> headers = Map.of("authorization", yesterday.authorization("ak", List.of(), "0".repeat(64)));
    assertRefused(client.send("PUT", "k", "", headers, "x"), 400, "InvalidArgument", "Invalid signing date in Authorization header.");
  }

  @ParameterizedTest
  @CsvSource({"'', OSS2 AccessKeyId:ak", "x-oss-signature-version=OSS2&x-oss-signature=a, ''"})
  void theV2SignatureIsNotSimulated(String query, String authorization) throws IOException {
    assertThat(client.send("GET", "k", query, Map.of("authorization", authorization), null).status()).isEqualTo(501);
  }

  @Test
  void theSecurityTokenMustBeTheOneInForce() throws IOException {
    oss.credentials(new Credentials("ak", "sk", "token2"));
    assertRefused(client.credentials(new Credentials("ak", "sk", "token1")).put("k", "x"), 403, "InvalidSecurityToken", "token1");
    assertRefused(client.credentials(Credentials.of("ak", "sk")).put("k", "x"), 403, "InvalidSecurityToken", "");
    assertThat(client.credentials(new Credentials("ak", "sk", "token2")).delete("k").status()).isEqualTo(204);
  }

  @Test
  void theBucketIsLookedForAfterAuthentication() throws IOException {
    client.credentials(Credentials.of("ak", "other"));
    assertRefused(client.send("PUT", "nowhere", "k", "", Map.of(), "x"), 403, "SignatureDoesNotMatch", "");
  }

  private static void assertRefused(Response response, int status, String code, String detail) {
    assertThat(response.body()).contains("<Code>" + code + "</Code>", detail);
    assertThat(response.status()).isEqualTo(status);
  }
}
