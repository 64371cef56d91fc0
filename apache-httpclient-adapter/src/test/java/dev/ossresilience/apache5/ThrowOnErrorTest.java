package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ossresilience.OssResilience;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssServiceException;
import dev.ossresilience.report.OssThrottledException;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors as exceptions, and the report of a call in its caller's context. */
class ThrowOnErrorTest extends OverSimulator {
  private CloseableHttpClient classic(boolean wrapped) {
    return wrapped ? client : OssHttpClients.configure(HttpClients.custom(), settings().build()).build();
  }

  private static ClassicHttpResponse open(CloseableHttpClient through, ClassicHttpRequest request, HttpContext context) throws IOException {
    return through.executeOpen(null, request, context);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void successIsReturnedAsItIsAndLeavesItsReportInTheContext(boolean wrapped) throws IOException {
    server.put("logs", "a", bytes("hello"));
    server.faults().next(Fault.internalError());
    HttpContext context = HttpCoreContext.create();
    try (CloseableHttpClient through = classic(wrapped)) {
      assertThat(OssHttpClients.reportOf(context)).isNull();
      ClassicHttpResponse response = open(through, get("a"), context);

      assertThat(OssErrors.throwOnError(response, context)).isSameAs(response);
      assertThat(read(response).body()).isEqualTo("hello");
      assertThat(OssHttpClients.reportOf(context)).isEqualTo(reports.get(0)).extracting(ExchangeReport::attempts).isEqualTo(2);
      assertThat(context.getAttribute("oss-resilience.report")).isEqualTo(reports.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void errorIsThrownWithItsReport(boolean wrapped) throws IOException {
    HttpContext context = HttpClientContext.create();
    try (CloseableHttpClient through = classic(wrapped)) {
      OssServiceException thrown =
          catchThrowableOfType(OssServiceException.class, () -> OssErrors.throwOnError(open(through, get("absent"), context), context));

      assertThat(thrown.error().code()).isEqualTo("NoSuchKey");
      assertThat(thrown.report()).isEqualTo(reports.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void exceptionLeavesItsReportInTheContextInPlaceOfAnEarlierOne(boolean wrapped) throws IOException {
    server.put("logs", "a", bytes("hello"));
    HttpContext context = HttpClientContext.create();
    try (CloseableHttpClient through = classic(wrapped)) {
      open(through, get("a"), context).close();
      server.faults().random(1, 1, Fault.drop());

      assertThatThrownBy(() -> open(through, get("a"), context)).isInstanceOf(IOException.class);
      assertThat(OssHttpClients.reportOf(context)).isEqualTo(reports.get(1)).extracting(ExchangeReport::outcome).isEqualTo(Outcome.EXCEPTION);
    }
  }

  @Test
  void lastingThrottleHasItsOwnClassAlsoWithoutAContext() throws IOException {
    Fault limit = Fault.throttled("DownloadTrafficRateLimitExceeded");
    server.faults().next(limit, limit, limit, limit, limit);
    ClassicHttpResponse response = open(client, get("a"), null);

    assertThatThrownBy(() -> OssErrors.throwOnError(response))
        .isInstanceOfSatisfying(OssThrottledException.class, thrown -> assertThat(thrown.report()).isNull());
  }

  @Test
  void failedCallbackIsAnErrorAlthoughItsStatusIs2xx() throws IOException {
    server.faults().next(Fault.callbackFailed());
    HttpContext context = HttpClientContext.create();
    ClassicHttpResponse response = open(client, put("a", "hello"), context);
    assertThat(response.getCode()).isEqualTo(203);

    assertThatThrownBy(() -> OssErrors.throwOnError(response, context)).isInstanceOf(OssServiceException.class);
  }

  @Test
  void largeErrorBodyThatNobodyReadsIsLetGoOfAtOnce() throws IOException {
    Fault large = Fault.longGatewayError(502);
    server.faults().next(large, large, large, large, large);
    ClassicHttpResponse response = open(client, get("a"), null);

    assertThatThrownBy(() -> OssErrors.throwOnError(response)).isInstanceOf(OssServiceException.class);
    assertThatThrownBy(() -> response.getEntity().getContent().transferTo(java.io.OutputStream.nullOutputStream()))
        .as("the rest was not read first")
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asynchronousCallsLeaveTheirReportInTheContext(boolean wrapped) throws Exception {
    OssResilience oss = settings().scheduler(new VirtualScheduler(time)).build();
    server.put("logs", "a", bytes("hello"));
    CloseableHttpAsyncClient through =
        wrapped
            ? OssHttpClients.wrap(HttpAsyncClients.custom().disableAutomaticRetries().disableRedirectHandling().build(), oss)
            : OssHttpClients.configure(HttpAsyncClients.custom(), oss).build();
    through.start();
    try {
      HttpContext context = HttpCoreContext.create();
      server.faults().next(Fault.internalError());
      assertThat(get(through, "a", context).getBodyText()).isEqualTo("hello");
      assertThat(OssHttpClients.reportOf(context)).isEqualTo(reports.get(0)).extracting(ExchangeReport::attempts).isEqualTo(2);

      assertThat(get(through, "absent", context).getCode()).isEqualTo(404);
      assertThat(OssHttpClients.reportOf(context)).isEqualTo(reports.get(1));

      server.faults().random(1, 1, Fault.drop());
      assertThatThrownBy(() -> get(through, "a", context)).isInstanceOf(ExecutionException.class);
      assertThat(OssHttpClients.reportOf(context)).isEqualTo(reports.get(2)).extracting(ExchangeReport::outcome).isEqualTo(Outcome.EXCEPTION);
    } finally {
      through.close(CloseMode.IMMEDIATE);
    }
  }

  private SimpleHttpResponse get(CloseableHttpAsyncClient through, String key, HttpContext context) throws Exception {
    TestRequest request = new TestRequest("GET", URI.create(url(key)), Map.of(), null, false);
    return through.execute(AsyncUnderTest.producer(request), SimpleResponseConsumer.create(), context, null).get(20, TimeUnit.SECONDS);
  }
}
