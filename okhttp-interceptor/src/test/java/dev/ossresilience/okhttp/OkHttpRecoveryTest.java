package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ossresilience.OssResilience;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.error.OssError;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.Reason;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the interceptor survives. */
class OkHttpRecoveryTest extends OverSimulator {
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
    assertThat(waits()).startsWith(Reason.THROTTLED).isSubsetOf(Reason.THROTTLED, Reason.PACED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bugBelowLeavesADoubtOnlyIfTheBodyWentOut(boolean afterwards) {
    OkHttpClient buggy =
        OnOkHttp.repeatingNothingUnseen(client)
            .addInterceptor(
                chain -> {
                  if (afterwards) {
                    chain.proceed(chain.request()).close();
                  }
                  throw new IllegalStateException("a bug below");
                })
            .build();
    Call call = buggy.newCall(appendRequest(0, RequestBody.create(HELLO, null)));

    Throwable thrown = catchThrowable(call::execute);

    assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("a bug below");
    boolean doubt = afterwards || !OnOkHttp.canOverride(); // before 5.4 nobody knows what the interceptor did before that
    assertThat(AmbiguousWriteException.in(thrown) != null).isEqualTo(doubt);
    assertThat(reports).singleElement().extracting(ExchangeReport::outcome).isEqualTo(doubt ? Outcome.AMBIGUOUS : Outcome.EXCEPTION);
    assertThat(server.bytesOf("logs", "app.log") != null).isEqualTo(afterwards);
  }

  @Test
  void bugBelowThatKeepsAQuestionFromBeingAskedLeavesTheDoubt() {
    OkHttpClient buggy =
        OnOkHttp.repeatingNothingUnseen(client)
            .addInterceptor(
                chain -> {
                  if (chain.request().method().equals("POST")) {
                    return chain.proceed(chain.request());
                  }
                  throw new IllegalStateException("a bug below");
                })
            .build();
    server.faults().next(Fault.applyThenDrop());
    Call call = buggy.newCall(appendRequest(0, RequestBody.create(HELLO, null)));

    Throwable thrown = catchThrowable(call::execute);

    assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("a bug below");
    assertThat(AmbiguousWriteException.in(thrown)).isNotNull();
    assertThat(reports).singleElement().extracting(ExchangeReport::outcome).isEqualTo(Outcome.AMBIGUOUS);
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
    OkHttpClient strict = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(exact)).build();
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
}
