package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.RawClient.Response;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are bare, that lie, or that say less or more than the plain error does. */
class FaultyAnswersTest extends SimulatorFixture {
  @Test
  void aBareErrorSaysNothingButItsStatus() throws IOException {
    oss.faults().next(Fault.bareError(503), Fault.bareError(503));
    Response head = client.head("k");
    assertThat(head.status()).isEqualTo(503);
    assertThat(head.headers()).containsKey("x-oss-request-id").doesNotContainKeys("x-oss-err", "x-oss-ec");
    Response put = client.put("k", "x");
    assertThat(put.status()).isEqualTo(503);
    assertThat(put.body()).isEmpty();
    assertThat(stored("k")).isEqualTo("(absent)");
    assertThat(oss.faults().happened()).containsExactly(Map.entry("bareError503", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "Thu, 15 Jan 2026 12:00:30 GMT", "99999999999999999999", "-1", "soon"})
  void retryAfterSaysWhateverItIsTold(String value) throws IOException {
    oss.faults().next(Fault.retryAfter(503, "TotalQpsLimitExceeded", value));
    Response response = client.put("k", "x");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("retry-after")).isEqualTo(value);
    assertThat(response.body()).contains("<Code>TotalQpsLimitExceeded</Code>", "Max total qps limit is exceeded");
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  @Test
  void aWrongEndpointIsToldTheRightOne() throws IOException {
    oss.faults().next(Fault.wrongEndpoint("oss-cn-beijing.aliyuncs.com"));
    Response response = client.put("k", "x");
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body())
        .contains("<Code>AccessDenied</Code>", "specified endpoint", "<Bucket>logs</Bucket>\n  <Endpoint>oss-cn-beijing.aliyuncs.com<");
    assertThat(response.headers()).doesNotContainKey("location");
  }

  @Test
  void anExpiredTokenHasItsOwnName() throws IOException {
    oss.faults().next(Fault.securityTokenExpired());
    assertThat(client.credentials(new Credentials("ak", "sk", "t")).get("k").body()).contains("<SecurityToken>t</SecurityToken>");
  }

  @Test
  void aFailedCallbackKeepsTheHeadersOfTheSuccessItIs() throws IOException {
    oss.faults().next(Fault.callbackFailed(), Fault.callbackFailed(), Fault.callbackFailed());
    Response put = client.put("k", "x");
    assertThat(put.status()).isEqualTo(203);
    assertThat(put.body()).contains("<Code>CallbackFailed</Code>", "Error status : 301.", "<EC>0007-00000203</EC>");
    assertThat(put.headers()).containsKeys("ETag", "x-oss-hash-crc64ecma", "Content-MD5");
    assertThat(put.body()).contains("<RequestId>" + put.header("x-oss-request-id") + "</RequestId>");
    assertThat(stored("k")).isEqualTo("x");
    assertThat(client.get("k").status()).as("nothing to call back").isEqualTo(200);
    assertThat(client.append("k", 0, "x").status()).as("a failure stays one").isEqualTo(409);
    assertThat(oss.faults().happened(Fault.callbackFailed())).isEqualTo(1);
  }

  @Test
  void aSlowedRequestSaysSo() throws IOException {
    oss.faults().next(Fault.slowed(250), Fault.slowed(250));
    assertThat(client.put("k", "x").header("x-oss-qos-delay-time")).isEqualTo("250");
    assertThat(client.get("absent").headers()).as("not an error").doesNotContainKey("x-oss-qos-delay-time");
    assertThat(oss.faults().happened(Fault.slowed(250))).isEqualTo(1);
  }

  @Test
  void aDateCanLieWhileTheServersTimeDoesNot() throws IOException {
    oss.clockOffset(Duration.ofHours(1));
    oss.faults().next(Fault.lyingDate(Instant.EPOCH));
    Response response = client.put("k", "x");
    assertThat(response.header("date")).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(response.body()).contains("<ServerTime>2026-01-15T13:00:00.000Z</ServerTime>");
    assertThat(client.put("k", "x").header("date")).isEqualTo("Thu, 15 Jan 2026 13:00:00 GMT");
    assertThat(oss.faults().happened()).containsExactly(Map.entry("lyingDate", 1));
  }

  @Test
  void aSkewedClockHasASecondSpelling() throws IOException {
    oss.faults().next(Fault.invalidSigningDate());
    assertThat(client.put("k", "x").status()).as("the clock is right").isEqualTo(200);
    assertThat(oss.faults().happened()).isEmpty();
    oss.clockOffset(Duration.ofMinutes(16));
    oss.faults().next(Fault.invalidSigningDate());
    Response response = client.put("k", "y");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .contains("<Code>InvalidArgument</Code>\n  <Message>Invalid signing date in Authorization header.</Message>")
        .doesNotContain("ServerTime");
    assertThat(stored("k")).isEqualTo("x");
    assertThat(oss.faults().happened(Fault.invalidSigningDate())).isEqualTo(1);
  }

  @Test
  void anErrorThatOnlyTheCatalogueKnowsIsWrittenAsDocumented() throws IOException {
    oss.faults().next(Fault.error("EntityTooLarge"), Fault.error(418, "Unheard"));
    Response known = client.put("k", "x");
    assertThat(known.status()).isEqualTo(400);
    assertThat(known.body()).contains("<Code>EntityTooLarge</Code>").doesNotContain("Made up");
    assertThat(client.put("k", "x").body()).contains("Made up by the simulator.");
  }

  @Test
  void aSecondWriterMayWriteAsMuchAsWasWrittenBefore() throws IOException {
    Fault fault = Fault.foreignAppendAfterSameLength();
    oss.faults().next(fault);
    assertThat(client.append("k", 0, "0123456789").status()).isZero();
    assertThat(stored("k")).startsWith("0123456789").hasSize(20);
    assertThat(oss.foreignBytes("logs", "k")).hasSize(10).isNotEqualTo(bytes("0123456789"));
    assertThat(oss.faults().happened(fault)).isEqualTo(1);
  }
}
