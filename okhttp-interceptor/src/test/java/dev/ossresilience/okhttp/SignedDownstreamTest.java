package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** An interceptor after ours signs: what a program has that signed its requests before it had the middleware. */
class SignedDownstreamTest extends OverSimulator {
  private final OssSigner signer = OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk")));

  @Test
  void sendingAgainIsEnoughOnceTheSignersClockIsCorrected() throws IOException {
    OssResilience oss = downstream();
    OkHttpClient signing = signedBelow(oss, oss.clock());
    server.clockOffset(Duration.ofMinutes(20));
    assertStored(signing, 2);
    assertThat(reports.get(0).events()).extracting(Event::reason).contains(Reason.CLOCK_SKEW);
    assertThat(oss.clockOffset()).isEqualTo(Duration.ofMinutes(20));
    reports.clear();
    assertStored(signing, 1);
  }

  @Test
  void theSameGoesForTheClientOfACallFactory() throws IOException {
    OssResilience oss = downstream();
    Call.Factory signing = OssCallFactory.of(OnOkHttp.client().addInterceptor(signing(oss.clock())).build(), oss);
    server.clockOffset(Duration.ofMinutes(20));
    assertStored(signing, 2);
    reports.clear();
    assertStored(signing, 1);
  }

  @Test
  void everyAttemptIsSignedByItsOwnTime() throws IOException {
    OssResilience oss = downstream();
    server.faults().next(Fault.internalError(), Fault.throttled("SlowDown"));
    assertStored(signedBelow(oss, oss.clock()), 3);
  }

  @Test
  void aSignerThatDoesNotLookAtTheCorrectedClockCostsOneAttemptMoreAndNoMore() throws IOException {
    OssResilience oss = downstream();
    OkHttpClient stubborn = signedBelow(oss, Clock.fixed(time.wallTime(), oss.clock().getZone()));
    server.clockOffset(Duration.ofMinutes(20));
    try (Response response = stubborn.newCall(request("app.log").put(RequestBody.create(HELLO, null)).build()).execute()) {
      assertThat(response.code()).isEqualTo(403);
    }
    assertThat(reports).singleElement().extracting(ExchangeReport::attempts).isEqualTo(2);
  }

  @Test
  @EnabledIf(value = "dev.ossresilience.okhttp.OnOkHttp#canOverride", disabledReason = "OkHttp before 5.4 must not follow redirects at all: PlainCarrierTest")
  void aRedirectIsNotFollowedThoughTheSignatureComesLater() throws IOException {
    OssResilience oss = downstream();
    try (OssSimulator elsewhere = OssSimulator.builder().time(time).start()) {
      server.faults().next(Fault.redirect(elsewhere.endpoint() + "/logs/app.log"));
      OkHttpClient signing = signedBelow(oss, oss.clock());
      assertThatThrownBy(() -> signing.newCall(request("app.log").get().build()).execute()).isInstanceOf(RedirectRefusedException.class);
      assertThat(elsewhere.requestCount()).as("requests that carried the signature elsewhere").isZero();
    }
  }

  private OssResilience downstream() {
    return resilience().signedDownstream().build();
  }

  private void assertStored(Call.Factory through, int attempts) throws IOException {
    try (Response response = through.newCall(request("app.log").put(RequestBody.create(HELLO, null)).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(HELLO);
    assertThat(reports).singleElement().extracting(ExchangeReport::attempts).isEqualTo(attempts);
  }

  private OkHttpClient signedBelow(OssResilience oss, Clock clock) {
    return OnOkHttp.repeatingNothingUnseen(OnOkHttp.client().build()).addInterceptor(OssRetryInterceptor.of(oss)).addInterceptor(signing(clock)).build();
  }

  private Interceptor signing(Clock clock) {
    String base = OssEndpoint.of(server.endpoint()).urlOf("logs", "app.log");
    return chain -> {
      assertThat(chain.request().url().toString()).isEqualTo(base);
      assertThat(chain.request().header("Authorization")).as("nobody has signed it before").isNull();
      Request.Builder signed = chain.request().newBuilder();
      signer.sign(SigningRequest.of(chain.request().method(), "logs", "app.log"), clock.instant()).forEach(signed::header);
      return chain.proceed(signed.build());
    };
  }
}
