package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.apachehttpclient.v5_2.ApacheHttpClientTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/composing.md says of OpenTelemetry's instrumentation of HttpClient, which stands behind ours. */
class TracingTest extends OverSimulator {
  private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> RESENDS = AttributeKey.longKey("http.request.resend_count");

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build()).build();

  enum Way {
    CONFIGURE,
    WRAP
  }

  private CloseableHttpClient traced(Way way) {
    HttpClientBuilder builder = ApacheHttpClientTelemetry.builder(telemetry).build().newHttpClientBuilder();
    return switch (way) {
      case CONFIGURE -> OssHttpClients.configure(builder, settings().build()).build();
      case WRAP -> OssHttpClients.wrap(builder.disableAutomaticRetries().build(), settings().build());
    };
  }

  /** Not before: it takes the spans along. */
  @AfterEach
  void closeTelemetry() {
    telemetry.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachAttemptHasASpanAndTheyAreCounted(Way way) throws IOException {
    server.faults().next(Fault.error(503, "ServiceUnavailable"), Fault.internalError());
    try (CloseableHttpClient traced = traced(way)) {
      send(traced, put("a.txt", "hello"));
      assertSpans(List.of(503L, 500L, 200L), null, 1L, 2L);
      send(traced, get("a.txt"));
      assertSpans(List.of(503L, 500L, 200L, 200L), null, 1L, 2L, null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theyAreChildrenOfTheSpanAroundTheCall(Way way) throws Exception {
    server.faults().next(Fault.error(503, "ServiceUnavailable"));
    Span call = telemetry.getTracer("test").spanBuilder("the call").startSpan();
    try (CloseableHttpClient traced = traced(way)) {
      Context.current().with(call).wrap(() -> send(traced, put("a.txt", "hello"))).call();
    }
    assertThat(spans.getFinishedSpanItems()).hasSize(2).extracting(SpanData::getParentSpanId).containsOnly(call.getSpanContext().getSpanId());
  }

  @ParameterizedTest
  @EnumSource
  void aLookAtTheObjectCountsToo(Way way) throws IOException {
    server.faults().next(Fault.applyThenDrop());
    try (CloseableHttpClient traced = traced(way)) {
      assertThat(send(traced, append("a.log", 0, "hello")).status()).isEqualTo(200);
    }
    assertThat(traffic()).containsExactly("POST dropped", "POST 409", "HEAD 200");
    assertSpans(Arrays.asList(null, 409L, 200L), null, 1L, 2L);
  }

  /** So does the instrumentation without us, for a context it has seen before. */
  @ParameterizedTest
  @EnumSource
  void aContextThatIsUsedForAnotherCallGoesOnCounting(Way way) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpClient traced = traced(way)) {
      for (ClassicHttpRequest request : List.of(put("a.txt", "hello"), get("a.txt"))) {
        traced.execute(request, context, OverSimulator::read);
      }
    }
    assertSpans(List.of(200L, 200L), null, 1L);
  }

  private void assertSpans(List<@Nullable Long> statuses, @Nullable Long... resends) {
    List<SpanData> found = spans.getFinishedSpanItems();
    assertThat(found).extracting(SpanData::getKind).containsOnly(SpanKind.CLIENT);
    assertThat(found).extracting(span -> span.getAttributes().get(STATUS)).containsExactlyElementsOf(statuses);
    assertThat(found).extracting(span -> span.getAttributes().get(RESENDS)).containsExactly(resends);
  }
}
