package dev.ossresilience.opentelemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.okhttp.OssCallFactory;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The reasons of a call are events of the span around it, on whatever thread they come up. */
class OssTracingTest {
  @RegisterExtension static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  private final OssSimulator server = OssSimulator.builder().start();
  private final OssResilience oss =
      OssResilience.builder()
          .endpoint(OssEndpoint.of(server.endpoint()))
          .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
          .events(OssTracing.listener())
          .build();
  private final Request put =
      new Request.Builder().url(OssEndpoint.of(server.endpoint()).urlOf("logs", "CANARY")).put(RequestBody.create("hello".getBytes(UTF_8), null)).build();

  @AfterEach
  void stop() {
    server.close();
  }

  @SuppressWarnings("try") // nothing asks the scope for anything
  private List<EventData> around(Call call, boolean enqueued) throws IOException {
    Span span = TELEMETRY.getOpenTelemetry().getTracer("test").spanBuilder("call").startSpan();
    CompletableFuture<Response> answer = new CompletableFuture<>();
    try (Scope scope = span.makeCurrent()) {
      if (enqueued) {
        call.enqueue(
            new Callback() {
              @Override
              public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call answered, Response response) {
                answer.complete(response);
              }
            });
      } else {
        answer.complete(call.execute());
      }
    }
    answer.join().close();
    span.end();
    return TELEMETRY.getSpans().get(0).getEvents();
  }

  private static void assertTold(List<EventData> events) {
    assertThat(events).extracting(EventData::getName).containsExactly("oss.attempt_answered", "oss.waiting", "oss.call_ended");
    assertThat(events.get(0).getAttributes().get(AttributeKey.stringKey("oss.error_code"))).isEqualTo("InternalError");
    assertThat(events.get(1).getAttributes().get(AttributeKey.stringKey("oss.reason"))).isEqualTo("server_error");
    assertThat(events.get(2).getAttributes().get(AttributeKey.longKey("oss.attempts"))).isEqualTo(2);
    assertThat(events.toString()).doesNotContain("CANARY");
  }

  @Test
  void ofAnInterceptorsCall() throws IOException {
    server.faults().next(Fault.internalError());
    assertTold(around(new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build().newCall(put), false));
  }

  @Test
  void ofACallThatHoldsNoThread() throws IOException {
    server.faults().next(Fault.internalError());
    assertTold(around(OssCallFactory.of(new OkHttpClient(), oss).newCall(put), true));
  }

  @Test
  void whereThereIsNoSpanNothingHappens() throws IOException {
    try (Response response = OssCallFactory.of(new OkHttpClient(), oss).newCall(put).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(TELEMETRY.getSpans()).isEmpty();
  }
}
