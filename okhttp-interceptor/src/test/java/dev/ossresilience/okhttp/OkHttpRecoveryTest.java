package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.error.OssError;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.Fault;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interceptor in a client with default settings, over real sockets, against the simulator. */
class OkHttpRecoveryTest {
  private static final byte[] HELLO = "hello, OSS\n".getBytes(UTF_8);

  private final VirtualTime time = new VirtualTime();
  private final List<ExchangeReport> reports = new ArrayList<>();
  private OssSimulator server;
  private OkHttpClient client;

  @BeforeEach
  void start() {
    server = OssSimulator.builder().time(time).start();
    client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(resilience().build())).build();
  }

  @AfterEach
  void stop() {
    client.connectionPool().evictAll();
    server.close();
  }

  private OssResilience.Builder resilience() {
    return OssResilience.builder()
        .endpoint(OssEndpoint.of(server.endpoint()))
        .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
        .time(time, time)
        .listener(reports::add);
  }

  @Test
  void putGetHeadAndDeletePassThroughSigned() throws IOException {
    try (Response put = call(request("a b+ü/ç.txt").put(RequestBody.create(HELLO, MediaType.get("text/plain"))))) {
      assertThat(put.code()).isEqualTo(200);
    }
    try (Response get = call(request("a b+ü/ç.txt").get())) {
      assertThat(get.body().bytes()).isEqualTo(HELLO);
    }
    try (Response head = call(request("a b+ü/ç.txt").head())) {
      assertThat(head.header("Content-Length")).isEqualTo("11");
    }
    try (Response delete = call(request("a b+ü/ç.txt").delete())) {
      assertThat(delete.code()).isEqualTo(204);
    }
    assertThat(reports).extracting(ExchangeReport::attempts).containsExactly(1, 1, 1, 1);
  }

  @Test
  void requestTimeoutWhichIs400IsSentAgain() throws IOException {
    server.faults().next(Fault.requestTimeout());
    assertAppended(append(0, HELLO), 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UploadTrafficRateLimitExceeded", "DownloadTrafficRateLimitExceeded", "MetaOperationQpsLimitExceeded"})
  void throttledRequestsWaitAndAreSentAgain(String code) throws IOException {
    server.faults().next(Fault.throttled(code), Fault.throttled(code));
    assertAppended(append(0, HELLO), 3);
    assertThat(waits()).containsOnly(Reason.THROTTLED);
  }

  @Test
  void serverAndGatewayErrorsAreSentAgain() throws IOException {
    server.faults().next(Fault.internalError(), Fault.gatewayError(502), Fault.gatewayError(504));
    assertAppended(append(0, HELLO), 4);
  }

  @Test
  void anAppendWhoseResponseWasLostIsFoundAndNotDoubled() throws IOException {
    server.faults().next(Fault.applyThenDrop());
    Response response = append(0, HELLO);
    assertAppended(response, 2);
    assertThat(response.header("x-oss-resilience")).isEqualTo("recovered");
    assertThat(response.header("x-oss-hash-crc64ecma")).isEqualTo(Long.toUnsignedString(Crc64.of(HELLO)));
  }

  @Test
  void anAppendThatWasStoredBeforeA500IsFoundAndNotDoubled() throws IOException {
    server.faults().next(Fault.applyThenInternalError());
    assertAppended(append(0, HELLO), 2);
  }

  @Test
  void aLaterAppendWhoseResponseWasLostIsVerifiedByOneHead() throws IOException {
    append(0, HELLO).close();
    server.faults().next(Fault.applyThenDrop());
    try (Response response = append(11, HELLO)) {
      assertThat(response.header("x-oss-next-append-position")).isEqualTo("22");
    }
    assertThat(server.bytesOf("logs", "app.log")).hasSize(22);
    assertThat(server.requests()).extracting(received -> received.method()).containsExactly("POST", "POST", "POST", "HEAD");
  }

  @Test
  void aBodyCutOffOnTheWayIsSentAgain() throws IOException {
    server.faults().next(Fault.dropMidBody());
    byte[] big = new byte[300_000];
    try (Response response = append(0, big)) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(big);
  }

  @ParameterizedTest
  @ValueSource(longs = {60, -60, 60 * 24 * 3})
  void skewedClockIsCorrectedWithinTheSameCall(long minutes) throws IOException {
    server.clockOffset(Duration.ofMinutes(minutes));
    assertAppended(append(0, HELLO), 2);
    append(11, HELLO).close();
    assertThat(reports.get(1).attempts()).as("the next call is right at once").isEqualTo(1);
  }

  @Test
  void skewIsCorrectedForHeadWhichHasNoBodyToSayIt() throws IOException {
    append(0, HELLO).close();
    server.clockOffset(Duration.ofHours(1));
    try (Response response = call(request("app.log").head())) {
      assertThat(response.code()).isEqualTo(200);
    }
  }

  @Test
  void anotherWritersBytesMoveTheAppendToTheEnd() throws IOException {
    server.faults().next(Fault.foreignAppend("theirs".getBytes(UTF_8)));
    try (Response response = append(0, HELLO)) {
      assertThat(response.header("x-oss-next-append-position")).isEqualTo("17");
    }
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo("theirshello, OSS\n".getBytes(UTF_8));
  }

  @Test
  void anotherWritersBytesOfTheSameLengthAreNotMistakenForOurs() throws IOException {
    server.faults().next(Fault.foreignAppendSameLength());
    try (Response response = append(0, HELLO)) {
      assertThat(response.header("x-oss-next-append-position")).isEqualTo("22");
    }
    assertThat(server.bytesOf("logs", "app.log")).hasSize(22).endsWith(HELLO);
  }

  @Test
  void exactPositionReturnsAProvenConflictAsItCame() throws IOException {
    OssResilience exact = resilience().appends(AppendPolicy.exactPosition()).build();
    OkHttpClient strict = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(exact)).build();
    server.faults().next(Fault.foreignAppendSameLength());
    try (Response response = strict.newCall(appendRequest(0, RequestBody.create(HELLO, null))).execute()) {
      assertThat(response.code()).isEqualTo(409);
      assertThat(response.header("x-oss-next-append-position")).isEqualTo("11");
      assertThat(response.body().string()).contains("<Code>PositionNotEqualToLength</Code>");
    }
    strict.connectionPool().evictAll();
  }

  @Test
  void anErrorCanBeAskedForAndItsBodyStaysReadable() throws IOException {
    try (Response response = call(request("missing").get())) {
      OssError error = OssErrors.of(response);
      assertThat(error.code()).isEqualTo("NoSuchKey");
      assertThat(error.verdict()).isEqualTo(Verdict.FATAL);
      assertThat(error.solution()).isNotBlank();
      assertThat(response.body().string()).contains("<Code>NoSuchKey</Code>");
    }
    try (Response response = call(request("missing").head())) {
      assertThat(OssErrors.of(response).code()).as("from x-oss-err").isEqualTo("NoSuchKey");
    }
  }

  @Test
  void fatalErrorsAreDeliveredAsTheyCame() throws IOException {
    try (Response response = call(request("missing").get())) {
      assertThat(response.code()).isEqualTo(404);
      assertThat(response.body().string()).contains("<Code>NoSuchKey</Code>");
      assertThat(OssRetryInterceptor.reportOf(response)).isEqualTo(reports.get(0));
    }
    assertThat(reports.get(0).attempts()).isEqualTo(1);
  }

  @Test
  void theLastErrorIsDeliveredReadableWhenAttemptsAreUsedUp() throws IOException {
    server.faults().next(Fault.throttled("MetaOperationQpsLimitExceeded"), Fault.throttled("MetaOperationQpsLimitExceeded"));
    server.faults().next(Fault.throttled("MetaOperationQpsLimitExceeded"), Fault.throttled("MetaOperationQpsLimitExceeded"));
    server.faults().next(Fault.throttled("MetaOperationQpsLimitExceeded"));
    try (Response response = append(0, HELLO)) {
      assertThat(response.code()).isEqualTo(503);
      assertThat(response.body().string()).contains("MetaOperationQpsLimitExceeded");
    }
    assertThat(server.bytesOf("logs", "app.log")).isNull();
  }

  @Test
  void anAppendThatMayOrMayNotBeStoredSaysSo() {
    for (int i = 0; i < 40; i++) {
      server.faults().next(Fault.drop());
    }
    assertThatThrownBy(() -> append(0, HELLO)).isInstanceOf(AmbiguousAppendException.class).hasMessageContaining("11 bytes at position 0 of logs/app.log");
  }

  @Test
  void aOneShotBodyIsSentOnceAndFailsWithTheFirstError() {
    RequestBody oneShot =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.write(HELLO);
          }
        };
    server.faults().next(Fault.drop());
    Request put = request("once.txt").put(oneShot).build();
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
  void aRedirectOfASignedRequestIsNotFollowed() {
    server.faults().next(Fault.redirect("http://localhost:" + OssEndpoint.of(server.endpoint()).urlOf("x", "y").replaceAll(".*:(\\d+)/.*", "$1") + "/elsewhere"));
    assertThatThrownBy(() -> call(request("app.log").get())).isInstanceOf(IOException.class).hasMessageContaining("redirected");
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
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
    OkHttpClient interrupted = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(interrupting.build())).build();
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
    OkHttpClient signing = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
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
    RequestBody oneShot =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.write(HELLO);
          }
        };
    try (Response response = client.newCall(appendRequest(0, oneShot)).execute()) {
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
    OkHttpClient interrupted = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(interrupting.build())).build();
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
    OkHttpClient cancelled = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(cancelling.build())).build();
    call[0] = cancelled.newCall(request("x").get().build());
    assertThatThrownBy(() -> call[0].execute()).isInstanceOf(IOException.class).hasMessage("Canceled");
    assertThat(server.requestCount()).isEqualTo(1);
    cancelled.connectionPool().evictAll();
  }

  @Test
  void noWaitBeginsThatWouldEndAfterTheDeadline() throws IOException {
    RetryPolicy brief = RetryPolicy.builder().totalTimeout(Duration.ofMillis(1)).build();
    OkHttpClient hurried = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(resilience().policy(brief).random(() -> 0.99).build())).build();
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
    OkHttpClient leaky = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(canary)).build();
    for (int i = 0; i < 40; i++) {
      server.faults().next(Fault.drop());
    }
    assertThatThrownBy(() -> leaky.newCall(appendRequest(0, RequestBody.create(HELLO, null))).execute())
        .satisfies(thrown -> assertThat(stackTrace(thrown) + canary + reports).doesNotContain("CANARY").doesNotContain("Signature="));
    leaky.connectionPool().evictAll();
  }

  private static String stackTrace(Throwable thrown) {
    java.io.StringWriter text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  private void assertAppended(Response response, int attempts) {
    try (response) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.header("x-oss-next-append-position")).isEqualTo(Integer.toString(HELLO.length));
    }
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(HELLO);
    assertThat(reports.get(0).attempts()).isEqualTo(attempts);
  }

  private List<Reason> waits() {
    return reports.get(0).events().stream().filter(event -> event.kind() == dev.ossresilience.report.Event.Kind.WAIT).map(dev.ossresilience.report.Event::reason).toList();
  }

  private Response append(long position, byte[] bytes) throws IOException {
    return client.newCall(appendRequest(position, RequestBody.create(bytes, null))).execute();
  }

  private Request appendRequest(long position, RequestBody body) {
    return new Request.Builder().url(server.endpoint() + "/logs/app.log?append&position=" + position).post(body).build();
  }

  private Request.Builder request(String key) {
    return new Request.Builder().url(OssEndpoint.of(server.endpoint()).urlOf("logs", key));
  }

  private Response call(Request.Builder request) throws IOException {
    return client.newCall(request.build()).execute();
  }
}
