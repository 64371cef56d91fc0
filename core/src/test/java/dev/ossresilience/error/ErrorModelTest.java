package dev.ossresilience.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.Step;
import dev.ossresilience.report.ExchangeReport.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What users may say of errors, and failures that come with a success's status. */
class ErrorModelTest {
  private static final byte[] CALLBACK_FAILED = xml("CallbackFailed");

  @Test
  void aStoredObjectWhoseCallbackFailedIsATypedOutcomeAndNeverSentAgain() {
    Exchange exchange = exchange(OssResilience.builder(), "PUT", "");
    Step step = exchange.responded(new FakeResponse(203, Map.of()), CALLBACK_FAILED);
    assertThat(step).isInstanceOf(Step.Deliver.class);
    assertThat(exchange.report().outcome()).isEqualTo(Outcome.CALLBACK_FAILED);
  }

  @Test
  void contentThatLooksLikeAnErrorIsContent() {
    FakeResponse ok = new FakeResponse(200, Map.of("x-oss-request-id", "ID"));
    FakeResponse transformed = new FakeResponse(203, Map.of("x-oss-request-id", "ID"));
    assertThat(exchange(OssResilience.builder(), "GET", "").wantsBody(ok)).isFalse();
    assertThat(exchange(OssResilience.builder(), "GET", "").wantsBody(transformed)).isFalse();
    assertThat(exchange(OssResilience.builder(), "PUT", "").wantsBody(ok)).isFalse();
    Exchange put = exchange(OssResilience.builder(), "PUT", "");
    put.responded(transformed, "{\"Code\":\"CallbackFailed\"}".getBytes(UTF_8));
    assertThat(put.report().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void anErrorBehindStatus200IsAnError() {
    FakeResponse ok = new FakeResponse(200, Map.of("x-oss-request-id", "ID"));
    Exchange complete = exchange(OssResilience.builder(), "POST", "uploadId=u");
    assertThat(complete.wantsBody(ok)).isTrue();
    assertThat(complete.responded(ok, xml("InternalError"))).as("its effect is unknown").isInstanceOf(Step.Pause.class);
    Exchange fetch = exchange(OssResilience.builder(), "POST", "asyncFetch");
    assertThat(fetch.responded(new FakeResponse(500, ok.headers()), xml("InternalError"))).isInstanceOf(Step.Deliver.class);
    assertThat(fetch.report().outcome()).isEqualTo(Outcome.AMBIGUOUS);

    Exchange fine = exchange(OssResilience.builder(), "POST", "uploadId=u");
    fine.responded(ok, "<CompleteMultipartUploadResult/>".getBytes(UTF_8));
    assertThat(fine.report().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void nobodyButOssCanSayThatNothingWasDone() {
    byte[] json = "{\"Code\":\"ServiceUnavailable\"}".getBytes(UTF_8);
    Map<String, String> fromOss = Map.of("x-oss-request-id", "ID");
    assertThat(exchange(OssResilience.builder(), "POST", "x-oss-async-process").responded(new FakeResponse(503, fromOss), xml("ServiceUnavailable")))
        .as("OSS turned it away")
        .isInstanceOf(Step.Pause.class);
    assertThat(exchange(OssResilience.builder(), "POST", "x-oss-async-process").responded(new FakeResponse(503, Map.of()), json))
        .as("somebody says so")
        .isInstanceOf(Step.Deliver.class);
    assertThat(exchange(OssResilience.builder(), "POST", "x-oss-async-process").responded(new FakeResponse(502, fromOss), json))
        .as("with a gateway's status")
        .isInstanceOf(Step.Deliver.class);
    assertThat(exchange(OssResilience.builder(), "POST", "uploadId=u").responded(new FakeResponse(200, fromOss), xml("ServiceUnavailable")))
        .as("behind a success's status: sent again, but in doubt")
        .isInstanceOf(Step.Pause.class);
  }

  @Test
  void aClassifierCannotClaimAnEffect() {
    Map<String, String> fromOss = Map.of("x-oss-request-id", "ID");
    for (Verdict claim : new Verdict[] {Verdict.CALLBACK_FAILED, Verdict.APPEND_CONFLICT, Verdict.CLOCK_SKEWED}) {
      Exchange append = exchange(OssResilience.builder().classifier(error -> claim), "POST", "append&position=100");
      assertThat(append.responded(new FakeResponse(500, fromOss), xml("InternalError"))).as("%s", claim).isInstanceOf(Step.Pause.class);
    }
    Exchange put = exchange(OssResilience.builder().classifier(error -> Verdict.CALLBACK_FAILED), "PUT", "");
    put.responded(new FakeResponse(400, fromOss), xml("InvalidArgument"));
    assertThat(put.report().outcome()).isEqualTo(Outcome.ERROR_RESPONSE);
  }

  @Test
  void a203ThatIsNotOfACallbackClaimsNothing() {
    Exchange put = exchange(OssResilience.builder(), "PUT", "");
    put.responded(new FakeResponse(203, Map.of()), xml("ProxySays"));
    assertThat(put.report().outcome()).isEqualTo(Outcome.ERROR_RESPONSE);
  }

  @Test
  void entriesCanBeAddedAndReplaced() {
    ErrorCatalogue own =
        ErrorCatalogue.standard()
            .with(CatalogueEntry.of("OurProxyIsBusy", 418, Verdict.THROTTLED, Effect.NOT_APPLIED))
            .with(CatalogueEntry.of("SlowDown", 503, Verdict.FATAL, Effect.NOT_APPLIED));
    assertThat(step(OssResilience.builder().catalogue(own), "GET", 418, "OurProxyIsBusy")).isInstanceOf(Step.Pause.class);
    assertThat(step(OssResilience.builder().catalogue(own), "GET", 503, "SlowDown")).isInstanceOf(Step.Deliver.class);
    assertThat(step(OssResilience.builder(), "GET", 418, "OurProxyIsBusy")).isInstanceOf(Step.Deliver.class);
    assertThat(step(OssResilience.builder(), "GET", 503, "SlowDown")).isInstanceOf(Step.Pause.class);
  }

  @Test
  void aClassifierCanSayMoreButNotMakeADoubtfulReplay() {
    OssResilience.Builder eager = OssResilience.builder().classifier(error -> Verdict.TRANSIENT);
    assertThat(step(eager, "GET", 404, "NoSuchKey")).as("refused, so it may be repeated").isInstanceOf(Step.Pause.class);
    assertThat(exchange(eager, "POST", "x-oss-async-process").responded(new FakeResponse(500, Map.of()), xml("InternalError")))
        .as("perhaps applied, so it may not")
        .isInstanceOf(Step.Deliver.class);
    assertThat(step(OssResilience.builder().classifier(error -> null), "GET", 404, "NoSuchKey")).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void aClassifierThatThrowsIsNotHeard() {
    OssResilience.Builder broken =
        OssResilience.builder().classifier(error -> {
          throw new IllegalStateException("bug");
        });
    assertThat(step(broken, "GET", 503, "SlowDown")).isInstanceOf(Step.Pause.class);
  }

  @Test
  void aCatalogueWithACodeTwiceIsRefused() {
    CatalogueEntry entry = CatalogueEntry.of("A", 400, Verdict.FATAL, Effect.NOT_APPLIED);
    assertThatThrownBy(() -> ErrorCatalogue.of(List.of(entry, entry))).hasMessageContaining("the code A");
    assertThatThrownBy(() -> CatalogueEntry.of(" ", 400, Verdict.FATAL, Effect.NOT_APPLIED)).hasMessageContaining("code");
  }

  private static Step step(OssResilience.Builder builder, String method, int status, String code) {
    return exchange(builder, method, "").responded(new FakeResponse(status, Map.of()), xml(code));
  }

  private static Exchange exchange(OssResilience.Builder builder, String method, String query) {
    OssResilience oss = builder.endpoint(OssEndpoint.of("https://oss-cn-hangzhou.aliyuncs.com")).random(() -> 0.5).build();
    Exchange exchange = oss.exchangeFor(new FakeRequest(method, "b.oss-cn-hangzhou.aliyuncs.com", "/k", query, 0));
    exchange.begin();
    return exchange;
  }

  private static byte[] xml(String code) {
    return ("<?xml version=\"1.0\"?>\n<Error><Code>" + code + "</Code></Error>").getBytes(UTF_8);
  }
}
