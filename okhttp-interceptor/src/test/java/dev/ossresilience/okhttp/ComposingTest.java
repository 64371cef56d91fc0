package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ossresilience.testkit.fault.Fault;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.okhttp.v3_0.OkHttpTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Response;
import okhttp3.logging.HttpLoggingInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/composing.md says of OkHttp: who sees one call, and who sees each attempt. */
class ComposingTest extends OverSimulator {
  private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> RESENDS = AttributeKey.longKey("http.request.resend_count");

  private final List<String> seenOutside = new ArrayList<>();
  private final List<String> seenInside = new ArrayList<>();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build()).build();

  @BeforeEach
  void oneRefusal() {
    server.faults().next(Fault.error(503, "ServiceUnavailable"));
  }

  /** Not before: it takes the spans along. */
  @AfterEach
  void closeTelemetry() {
    telemetry.close();
  }

  @Test
  void anInterceptorBeforeOursSeesTheCallAndOneAfterItEachAttempt() throws IOException {
    client = OnOkHttp.client().addInterceptor(recorder(seenOutside)).addInterceptor(ours()).addInterceptor(recorder(seenInside)).build();
    put(client);
    assertThat(seenOutside).containsExactly("unsigned PUT", "200");
    assertThat(seenInside).containsExactly("signed PUT", "503", "signed PUT", "200");
  }

  @Test
  void okHttpsOwnLoggingDoesToo() throws IOException {
    assumeFalse(OnOkHttp.version().startsWith("4."), "logging-interceptor 5 needs OkHttp 5; the recorder above shows the same on 4.12");
    client = OnOkHttp.client().addInterceptor(logging(seenOutside)).addInterceptor(ours()).addInterceptor(logging(seenInside)).build();
    put(client);
    assertThat(requestLines(seenOutside)).hasSize(1);
    assertThat(requestLines(seenInside)).hasSize(2);
  }

  @Test
  void theInterceptorsOfAFactorysClientSeeEachAttemptSigned() throws IOException {
    client = OnOkHttp.client().addInterceptor(recorder(seenInside)).build();
    put(OssCallFactory.of(client, resilience().build()));
    assertThat(seenInside).containsExactly("signed PUT", "503", "signed PUT", "200");
  }

  @Test
  void tracingGivesASpanForEachAttemptAndCountsThem() throws IOException {
    put(OkHttpTelemetry.builder(telemetry).build().newCallFactory(client));
    List<SpanData> found = spans.getFinishedSpanItems();
    assertThat(found).extracting(SpanData::getKind).containsExactly(SpanKind.CLIENT, SpanKind.CLIENT);
    assertThat(found).extracting(span -> span.getAttributes().get(STATUS)).containsExactly(503L, 200L);
    assertThat(found).extracting(span -> span.getAttributes().get(RESENDS)).containsExactly(null, 1L);
  }

  private void put(Call.Factory calls) throws IOException {
    try (Response response = calls.newCall(request("a.txt").put(okhttp3.RequestBody.create(HELLO, null)).build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.requestCount()).isEqualTo(2);
  }

  private OssRetryInterceptor ours() {
    return OssRetryInterceptor.of(resilience().build());
  }

  private static okhttp3.Interceptor recorder(List<String> lines) {
    return chain -> {
      lines.add((chain.request().header("Authorization") == null ? "unsigned " : "signed ") + chain.request().method());
      Response response = chain.proceed(chain.request());
      lines.add(Integer.toString(response.code()));
      return response;
    };
  }

  private static HttpLoggingInterceptor logging(List<String> lines) {
    HttpLoggingInterceptor logging = new HttpLoggingInterceptor(lines::add);
    logging.setLevel(HttpLoggingInterceptor.Level.BASIC);
    return logging;
  }

  private static List<String> requestLines(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("--> PUT")).toList();
  }
}
