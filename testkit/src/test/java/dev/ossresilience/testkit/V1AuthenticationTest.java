package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.signing.V1;
import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V1 signatures in the header. */
class V1AuthenticationTest extends SimulatorFixture {
  private static final String NOW = "Thu, 15 Jan 2026 12:00:00 GMT";
  private static final String EARLIER = "Thu, 15 Jan 2026 11:59:00 GMT";

  @ParameterizedTest
  @CsvSource({"Date", "x-oss-date"})
  void eitherDateIsEnough(String name) throws IOException {
    assertThat(delete(Map.of(name, NOW), NOW, "sk").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {NOW, EARLIER})
  void ofTwoDatesEitherMayBeSigned(String signed) throws IOException {
    assertThat(delete(Map.of("Date", NOW, "x-oss-date", EARLIER), signed, "sk").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({"Date, x-oss-date", "x-oss-date, Date"})
  void theDateThatIsSignedIsTheOneThatMustBeFresh(String signed, String other) throws IOException {
    String old = "Thu, 15 Jan 2026 11:00:00 GMT";
    Response stale = delete(Map.of(signed, old, other, NOW), old, "sk");
    assertThat(stale.status()).isEqualTo(403);
    assertThat(stale.body()).contains("<Code>RequestTimeTooSkewed</Code>", "<RequestTime>2026-01-15T11:00:00.000Z</RequestTime>");
    assertThat(delete(Map.of(signed, NOW, other, old), NOW, "sk").status()).isEqualTo(204);
  }

  @Test
  void aParameterThatIsSignedMustNotComeTwice() throws IOException {
    Map<String, String> headers = Map.of("Date", NOW, "Authorization", "OSS ak:abc");
    Response response = client.exchange("POST", "/logs/k?append&position=5&position=99", headers, "x");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>InvalidArgument</Code>", "<ArgumentName>position</ArgumentName>");
  }

  @Test
  void noOtherDateMayBeSigned() throws IOException {
    assertThat(delete(Map.of("Date", NOW), EARLIER, "sk").body()).contains("<Code>SignatureDoesNotMatch</Code>");
  }

  @Test
  void aDateIsNeeded() throws IOException {
    assertThat(delete(Map.of(), "", "sk").body()).contains("<Code>AccessDenied</Code>", "requires a valid Date", "<EC>0002-00000503</EC>");
  }

  @Test
  void aDayOfOneDigitIsNoDate() throws IOException {
    time.advance(Duration.ofDays(20)); // to 4 February
    String date = "Wed, 4 Feb 2026 12:00:00 GMT";
    assertThat(delete(Map.of("Date", date), date, "sk").body()).contains("<Code>AccessDenied</Code>", "requires a valid Date");
    assertThat(client.send("DELETE", "k", "", Map.of("Date", date), null).status()).as("V4, which has a date of its own").isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({"900, 204", "-900, 204", "901, 403", "-901, 403"})
  void aDateMayBeFifteenMinutesOff(long serverIsAheadSeconds, int status) throws IOException {
    oss.clockOffset(Duration.ofSeconds(serverIsAheadSeconds));
    Response response = delete(Map.of("Date", NOW), NOW, "sk");
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("x-oss-ec")).isEqualTo(status == 403 ? "0002-00000504" : "");
  }

  @Test
  void theSkewIsJudgedBeforeTheSignature() throws IOException {
    oss.clockOffset(Duration.ofHours(1));
    assertThat(delete(Map.of("Date", NOW), NOW, "other").body()).contains("<Code>RequestTimeTooSkewed</Code>");
  }

  @Test
  void theErrorShowsWhatTheServerSigned() throws IOException {
    Response response = delete(Map.of("Date", NOW, "x-oss-meta-a", "b"), NOW, "other");
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body())
        .contains("<Code>SignatureDoesNotMatch</Code>", "<OSSAccessKeyId>ak</OSSAccessKeyId>")
        .contains("<StringToSign>DELETE\n\n\n" + NOW + "\nx-oss-meta-a:b\n/logs/k</StringToSign>", "<StringToSignBytes>44 45 4C ");
  }

  @Test
  void anUnknownAccessKeyIsNamed() throws IOException {
    Response response = client.exchange("GET", "/logs/k", Map.of("Date", NOW, "Authorization", "OSS other:abc"), null);
    assertThat(response.body()).contains("<Code>InvalidAccessKeyId</Code>", "<OSSAccessKeyId>other</OSSAccessKeyId>");
  }

  @Test
  void anAuthorizationWithoutASignatureIsInvalid() throws IOException {
    Response response = client.exchange("GET", "/logs/k", Map.of("Date", NOW, "Authorization", "OSS ak"), null);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<Code>InvalidArgument</Code>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-oss-security-token", "security-token"})
  void theTokenMayBeInTheHeaderOfEitherName(String name) throws IOException {
    oss.credentials(new Credentials("ak", "sk", "token"));
    assertThat(delete(Map.of("Date", NOW, name, "token"), NOW, "sk").status()).isEqualTo(204);
    assertThat(delete(Map.of("Date", NOW, name, "other"), NOW, "sk").body()).contains("<Code>InvalidSecurityToken</Code>");
  }

  private Response delete(Map<String, String> headers, String signedDate, String secret) throws IOException {
    SigningRequest request = new SigningRequest("DELETE", "logs", "k", Query.parse(null), new TreeMap<>(headers));
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Authorization", V1.authorization("ak", new V1(signedDate).signature(request, secret)));
    return client.exchange("DELETE", "/logs/k", all, null);
  }
}
