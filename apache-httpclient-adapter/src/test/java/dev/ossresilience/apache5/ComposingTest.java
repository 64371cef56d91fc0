package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.instrumentation.apachehttpclient.v5_2.ApacheHttpClientTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/composing.md says of HttpClient: who sees one call, and who sees each attempt. */
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
  void theFirstHandlerSeesTheCallAndOneAfterTheProtocolEachAttempt() throws IOException {
    HttpClientBuilder builder =
        HttpClients.custom()
            .addExecInterceptorFirst("outside", recorder(seenOutside))
            .addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "inside", recorder(seenInside));
    put(OssHttpClients.configure(builder, settings().build()));
    assertThat(seenOutside).containsExactly("unsigned PUT", "200");
    assertThat(seenInside).containsExactly("signed PUT", "503", "signed PUT", "200");
  }

  @Test
  void requestInterceptorsSeeEachAttempt() throws IOException {
    HttpClientBuilder builder = HttpClients.custom().addRequestInterceptorLast((request, entity, context) -> seenInside.add(line(request)));
    put(OssHttpClients.configure(builder, settings().build()));
    assertThat(seenInside).containsExactly("signed PUT", "signed PUT");
  }

  @Test
  void everyHandlerOfAWrappedClientSeesEachAttempt() throws IOException {
    HttpClientBuilder builder = HttpClients.custom().disableAutomaticRetries().addExecInterceptorFirst("inside", recorder(seenInside));
    try (CloseableHttpClient wrapped = OssHttpClients.wrap(builder.build(), settings().build())) {
      assertThat(send(wrapped, put("a.txt", "hello")).status()).isEqualTo(200);
    }
    assertThat(seenInside).containsExactly("signed PUT", "503", "signed PUT", "200");
  }

  @Test
  void tracingGivesASpanForEachAttemptAndCountsThem() throws IOException {
    put(OssHttpClients.configure(ApacheHttpClientTelemetry.builder(telemetry).build().newHttpClientBuilder(), settings().build()));
    assertTraced(1L);
  }

  @Test
  void tracingInsideAWrappedClientGivesASpanForEachAttemptUncounted() throws IOException {
    CloseableHttpClient traced = ApacheHttpClientTelemetry.builder(telemetry).build().newHttpClientBuilder().disableAutomaticRetries().build();
    try (CloseableHttpClient wrapped = OssHttpClients.wrap(traced, settings().build())) {
      assertThat(send(wrapped, put("a.txt", "hello")).status()).isEqualTo(200);
    }
    assertTraced(null);
  }

  private void assertTraced(@Nullable Long resendsOfTheSecond) {
    List<SpanData> found = spans.getFinishedSpanItems();
    assertThat(found).extracting(SpanData::getKind).containsExactly(SpanKind.CLIENT, SpanKind.CLIENT);
    assertThat(found).extracting(span -> span.getAttributes().get(STATUS)).containsExactly(503L, 200L);
    assertThat(found).extracting(span -> span.getAttributes().get(RESENDS)).containsExactly(null, resendsOfTheSecond);
  }

  private void put(HttpClientBuilder configured) throws IOException {
    try (CloseableHttpClient built = configured.build()) {
      assertThat(send(built, put("a.txt", "hello")).status()).isEqualTo(200);
    }
    assertThat(traffic()).containsExactly("PUT 503", "PUT 200");
  }

  private static ExecChainHandler recorder(List<String> lines) {
    return (request, scope, chain) -> {
      lines.add(line(request));
      ClassicHttpResponse response = chain.proceed(request, scope);
      lines.add(Integer.toString(response.getCode()));
      return response;
    };
  }

  private static String line(HttpRequest request) {
    return (request.containsHeader("Authorization") ? "signed " : "unsigned ") + request.getMethod();
  }
}
