package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.okhttp.v3_0.OkHttpTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/composing.md says of OpenTelemetry: its instrumentation with the interceptor, and an interceptor that does it for the call factory. */
class TracingTest extends OverCallFactory {
  private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> RESENDS = AttributeKey.longKey("http.request.resend_count");

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build()).build();

  enum Way {
    INTERCEPTOR,
    INTERCEPTOR_ENQUEUE,
    FACTORY,
    FACTORY_ENQUEUE
  }

  /** Not before: it takes the spans along. */
  @AfterEach
  void closeTelemetry() {
    telemetry.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachAttemptHasASpanAndTheyAreCounted(Way way) throws IOException {
    Call.Factory calls = calls(way);
    server.faults().next(Fault.error(503, "ServiceUnavailable"), Fault.internalError());
    send(way, calls, request("a.txt").put(RequestBody.create(HELLO, null)).build());
    assertSpans(List.of(503L, 500L, 200L), null, 1L, 2L);
    send(way, calls, request("a.txt").get().build());
    assertSpans(List.of(503L, 500L, 200L, 200L), null, 1L, 2L, null);
  }

  @ParameterizedTest
  @EnumSource
  void theyAreChildrenOfTheSpanAroundTheCall(Way way) throws Exception {
    server.faults().next(Fault.error(503, "ServiceUnavailable"));
    Span call = telemetry.getTracer("test").spanBuilder("the call").startSpan();
    Context around = Context.current().with(call);
    around.wrap(() -> send(way, calls(way), request("a.txt").put(RequestBody.create(HELLO, null)).build())).call();
    assertThat(spans.getFinishedSpanItems()).hasSize(2).extracting(SpanData::getParentSpanId).containsOnly(call.getSpanContext().getSpanId());
  }

  @ParameterizedTest
  @EnumSource
  void aLookAtTheObjectCountsToo(Way way) throws IOException {
    server.faults().next(Fault.applyThenDrop());
    send(way, calls(way), appendRequest(0, RequestBody.create(HELLO, null)));
    assertSpans(Arrays.asList(null, 409L, 200L), null, 1L, 2L);
  }

  private Call.Factory calls(Way way) {
    return switch (way) {
      case INTERCEPTOR, INTERCEPTOR_ENQUEUE -> OkHttpTelemetry.builder(telemetry).build().newCallFactory(OnOkHttp.repeatingNothingUnseen(client).build());
      case FACTORY, FACTORY_ENQUEUE -> tracing(telemetry.getTracer("test"), OnOkHttp.client().build());
    };
  }

  /** What a call's attempts belong to. */
  private record Trace(Context parent, AtomicLong sent) {}

  /** As the page shows it. */
  private Call.Factory tracing(Tracer tracer, OkHttpClient bare) {
    Interceptor spans =
        chain -> {
          Trace trace = Objects.requireNonNull(chain.call().request().tag(Trace.class)); // a look of ours carries no tags itself
          Span span = tracer.spanBuilder(chain.request().method()).setSpanKind(SpanKind.CLIENT).setParent(trace.parent()).startSpan();
          long resends = trace.sent().getAndIncrement();
          if (resends > 0) {
            span.setAttribute(RESENDS, resends);
          }
          try {
            Response response = chain.proceed(chain.request());
            span.setAttribute(STATUS, (long) response.code());
            return response;
          } catch (IOException e) {
            span.recordException(e);
            throw e;
          } finally {
            span.end();
          }
        };
    OssCallFactory calls = OssCallFactory.of(bare.newBuilder().addInterceptor(spans).build(), resilience().build());
    return request -> calls.newCall(request.newBuilder().tag(Trace.class, new Trace(Context.current(), new AtomicLong())).build());
  }

  private static int send(Way way, Call.Factory calls, Request request) throws IOException {
    boolean enqueued = way == Way.INTERCEPTOR_ENQUEUE || way == Way.FACTORY_ENQUEUE;
    Call call = calls.newCall(request);
    try (Response response = enqueued ? enqueue(call).get() : call.execute()) {
      assertThat(response.code()).isEqualTo(200);
      return response.code();
    }
  }

  private void assertSpans(List<@Nullable Long> statuses, @Nullable Long... resends) {
    List<SpanData> found = spans.getFinishedSpanItems();
    assertThat(found).extracting(SpanData::getKind).containsOnly(SpanKind.CLIENT);
    assertThat(found).extracting(span -> span.getAttributes().get(STATUS)).containsExactlyElementsOf(statuses);
    assertThat(found).extracting(span -> span.getAttributes().get(RESENDS)).containsExactly(resends);
  }
}
