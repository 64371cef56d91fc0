package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the interceptor refuses, and what it leaves alone. */
class OkHttpGuardsTest extends OverSimulator {
  @Test
  void anErrorBodyThatDripsForEverIsNotWaitedFor() {
    Source drip =
        new Source() {
          @Override
          public long read(Buffer sink, long byteCount) {
            sink.writeByte('x');
            return 1;
          }

          @Override
          public Timeout timeout() {
            return Timeout.NONE;
          }

          @Override
          public void close() {}
        };
    ResponseBody body = ResponseBody.create(Okio.buffer(drip), null, -1);
    Response response =
        new Response.Builder().request(request("x").build()).protocol(Protocol.HTTP_1_1).code(503).message("slow").body(body).build();
    AtomicInteger patience = new AtomicInteger(10);
    assertThat(ResponseView.peek(response, 65_536, () -> patience.decrementAndGet() > 0)).hasSize(9);
  }

  @Test
  void aOneShotBodyIsSentOnceAndFailsWithTheFirstError() {
    server.faults().next(Fault.drop());
    Request put = request("once.txt").put(oneShot(HELLO)).build();
    assertThatThrownBy(() -> client.newCall(put).execute()).isInstanceOf(IOException.class);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void nothingBelowRepeatsAnAppendUnseen() throws IOException {
    append(0, HELLO).close(); // leaves a pooled connection
    server.faults().next(Fault.applyThenDrop());
    append(11, HELLO).close();
    ExchangeReport report = reports.get(1);
    assertThat(server.requestCount() - 1).isEqualTo(report.events().stream().filter(event -> event.reason() == null || !event.result().isEmpty()).count());
  }

  @Test
  @EnabledIf(value = "dev.ossresilience.okhttp.OnOkHttp#canOverride", disabledReason = "OkHttp before 5.4 must not follow redirects at all: PlainCarrierTest")
  void aRedirectOfASignedRequestIsNotFollowed() {
    server.faults().next(Fault.redirect("http://localhost:" + OssEndpoint.of(server.endpoint()).urlOf("x", "y").replaceAll(".*:(\\d+)/.*", "$1") + "/elsewhere"));
    assertThatThrownBy(() -> call(request("app.log").get())).isInstanceOf(IOException.class).hasMessageContaining("redirected");
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  @EnabledIf(value = "dev.ossresilience.okhttp.OnOkHttp#canOverride", disabledReason = "OkHttp before 5.4 must not follow redirects at all: PlainCarrierTest")
  void aRedirectToTheSameUrlDoesNotTurnAPutIntoAGetThatSucceeds() {
    server.put("logs", "app.log", HELLO);
    server.faults().next(Fault.redirect(server.endpoint() + "/logs/app.log"));
    Request put = request("app.log").put(RequestBody.create("new".getBytes(UTF_8), null)).build();
    assertThatThrownBy(() -> client.newCall(put).execute()).isInstanceOf(IOException.class).hasMessageContaining("redirected");
    server.faults().next(Fault.redirect(server.endpoint() + "/logs/app.log"));
    assertThatThrownBy(() -> append(11, HELLO)).as("certainly not stored").isNotInstanceOf(AmbiguousAppendException.class).hasMessageContaining("redirected");
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(HELLO);
  }

  @Test
  void giveUpInDoubtSaysThatTheAppendMayBeStored() {
    server.faults().next(Fault.applyThenDrop());
    OssResilience.Builder interrupting =
        resilience().time(time, (nanos, cancelled) -> {
          throw new InterruptedException();
        });
    OkHttpClient interrupted = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(interrupting.build())).build();
    assertThatThrownBy(() -> interrupted.newCall(appendRequest(0, RequestBody.create(HELLO, null))).execute())
        .isInstanceOfSatisfying(java.io.InterruptedIOException.class, e -> assertThat(AmbiguousAppendException.in(e)).isNotNull());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(reports.get(0).outcome()).isEqualTo(ExchangeReport.Outcome.AMBIGUOUS);
    interrupted.connectionPool().evictAll();
  }

  @Test
  void theSignedRequestIsNotHandedOut() throws IOException {
    Credentials sts = new Credentials("ak", "sk", "CANARY-TOKEN");
    server.credentials(sts);
    OssResilience oss = resilience().signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(sts))).build();
    OkHttpClient signing = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(oss)).build();
    try (Response response = signing.newCall(appendRequest(0, RequestBody.create(HELLO, null))).execute()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response + " " + response.request()).doesNotContain("CANARY");
    }
    signing.connectionPool().evictAll();
  }

  @Test
  void anAppendWithTwoPositionsIsSentOnceInDoubt() {
    server.faults().next(Fault.drop());
    Request odd = new Request.Builder().url(server.endpoint() + "/logs/app.log?append&position=0&position=1").post(RequestBody.create(HELLO, null)).build();
    assertThatThrownBy(() -> client.newCall(odd).execute()).isInstanceOf(IOException.class);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void aOneShotAppendThatIsRefusedGetsTheRefusal() throws IOException {
    server.put("logs", "app.log", "somebody else's bytes".getBytes(UTF_8));
    try (Response response = client.newCall(appendRequest(0, oneShot(HELLO))).execute()) {
      assertThat(response.code()).isEqualTo(409);
      assertThat(response.header("x-oss-next-append-position")).isEqualTo("21");
    }
  }

  @Test
  void requestsToOtherHostsPassUntouched() throws IOException {
    String elsewhere = server.endpoint().replace("127.0.0.1", "localhost") + "/logs/app.log";
    try (Response response = client.newCall(new Request.Builder().url(elsewhere).build()).execute()) {
      assertThat(response.request().header("Authorization")).isNull();
      assertThat(OssRetryInterceptor.reportOf(response)).isNull();
    }
    assertThat(reports).isEmpty();
  }

  @Test
  void interruptionEndsAWaitAndKeepsTheFlag() {
    server.faults().next(Fault.internalError());
    OssResilience.Builder interrupting =
        resilience().time(time, (nanos, cancelled) -> {
          throw new InterruptedException();
        });
    OkHttpClient interrupted = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(interrupting.build())).build();
    assertThatThrownBy(() -> interrupted.newCall(request("x").get().build()).execute()).isInstanceOf(java.io.InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.requestCount()).isEqualTo(1);
    interrupted.connectionPool().evictAll();
  }

  @Test
  void cancellationEndsAWait() {
    server.faults().next(Fault.internalError());
    okhttp3.Call[] call = new okhttp3.Call[1];
    OssResilience.Builder cancelling = resilience().time(time, (nanos, cancelled) -> call[0].cancel());
    OkHttpClient cancelled = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(cancelling.build())).build();
    call[0] = cancelled.newCall(request("x").get().build());
    assertThatThrownBy(() -> call[0].execute()).isInstanceOf(IOException.class).hasMessage("Canceled");
    assertThat(server.requestCount()).isEqualTo(1);
    cancelled.connectionPool().evictAll();
  }

  @Test
  void noWaitBeginsThatWouldEndAfterTheDeadline() throws IOException {
    RetryPolicy brief = RetryPolicy.builder().totalTimeout(Duration.ofMillis(1)).build();
    OkHttpClient hurried = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(resilience().policy(brief).random(() -> 0.99).build())).build();
    server.faults().next(Fault.throttled("MetaOperationQpsLimitExceeded"));
    try (Response response = hurried.newCall(request("x").get().build()).execute()) {
      assertThat(response.code()).isEqualTo(503);
    }
    assertThat(server.requestCount()).isEqualTo(1);
    hurried.connectionPool().evictAll();
  }

  @Test
  void secretsStayOutOfReportsAndExceptions() {
    OssSigner canarySigner = OssSigner.v4("cn-hangzhou", CredentialsProvider.of(new Credentials("ak", "CANARY-SECRET", "CANARY-TOKEN")));
    OssResilience canary = resilience().signer(canarySigner).build();
    OkHttpClient leaky = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(canary)).build();
    for (int i = 0; i < 40; i++) {
      server.faults().next(Fault.drop());
    }
    assertThatThrownBy(() -> leaky.newCall(appendRequest(0, RequestBody.create(HELLO, null))).execute())
        .satisfies(thrown -> assertThat(stackTrace(thrown) + canary + reports).doesNotContain("CANARY").doesNotContain("Signature="));
    leaky.connectionPool().evictAll();
  }

  @Test
  void aRetryAfterThatOkHttpCantReadIsOneMoreFailure() throws IOException {
    server.put("logs", "app.log", HELLO);
    server.faults().next(Fault.retryAfter(503, "ServiceUnavailable", "99999999999"));
    try (Response response = call(request("app.log").get())) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(reports.get(0).attempts()).isEqualTo(2);
  }

  @Test
  void aLargeErrorBodyIsLetGoOfWithoutReadingItAll() throws IOException {
    server.put("logs", "app.log", HELLO);
    server.faults().next(Fault.longGatewayError(502));
    try (Response response = call(request("app.log").get())) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(client.connectionPool().connectionCount() - client.connectionPool().idleConnectionCount()).isZero();
  }
}
