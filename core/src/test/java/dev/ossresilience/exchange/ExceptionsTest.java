package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssDeadlineException;
import dev.ossresilience.report.OssServiceException;
import dev.ossresilience.report.OssThrottledException;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is thrown names what happened, what to do and nothing secret, and has the attempts with it. */
class ExceptionsTest {
  private static final Request PUT = Request.of("PUT", null, 5);

  private final Scene scene = Scene.signing();

  private static OssError error(int status, String code, String more) {
    Reply reply = Reply.error(status, code, more);
    return ErrorParser.standard().parse(reply, reply.body().getBytes(StandardCharsets.UTF_8));
  }

  private static IOException thrown(Step step) {
    assertThat(step).isInstanceOf(Step.Fail.class);
    return ((Step.Fail) step).cause();
  }

  @Test
  void aCallThatHasNoTimeLeftSaysSo() {
    Exchange call = scene.call(PUT);
    call.begin();
    assertThat(call.failed(new SocketTimeoutException("Read timed out"), null, true)).isInstanceOf(Step.Pause.class);
    call.resumed();
    scene.clocks.pass(Duration.ofSeconds(61));
    OssDeadlineException thrown = (OssDeadlineException) thrown(call.failed(new SocketTimeoutException("Read timed out"), null, true));
    assertThat(thrown)
        .hasMessage(
            "no time for another attempt of PutObject of logs/k within the total timeout of PT1M: attempt 2 ended with SocketTimeoutException (Read timed out)")
        .hasCauseInstanceOf(SocketTimeoutException.class);
    assertThat(thrown.getSuppressed()).filteredOn(SocketTimeoutException.class::isInstance).hasSize(1);
    assertThat(thrown.report().attempts()).isEqualTo(2);
  }

  @Test
  void aCallThatHasNoAttemptLeftEndsWithTheClientsOwnException() {
    Exchange call = Scene.once().call(PUT);
    call.begin();
    assertThat(thrown(call.failed(new SocketTimeoutException("Read timed out"), null, true))).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void anErrorResponseIsDeliveredThoughThereIsNoTimeLeft() {
    Exchange call = scene.call(PUT);
    call.begin();
    scene.clocks.pass(Duration.ofSeconds(61));
    assertThat(answer(call, Reply.error(500, "InternalError", ""))).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void aServiceExceptionTellsOperationObjectAttemptCodeAndRequestId() {
    Exchange call = Scene.once().call(PUT);
    call.begin();
    answer(call, Reply.error(404, "NoSuchBucket", ""));
    OssServiceException thrown = OssServiceException.of(error(404, "NoSuchBucket", "<Message>No bucket.</Message><EC>0015-00000101</EC>"), call.report());
    assertThat(thrown)
        .hasMessageStartingWith("PutObject of logs/k was refused at attempt 1: 404 NoSuchBucket: No bucket. (request id REQUEST-")
        .hasMessageContaining("EC 0015-00000101");
    assertThat(thrown.error().status()).isEqualTo(404);
    assertThat(thrown.report()).isEqualTo(call.report());
    assertThat(OssServiceException.of(error(404, "NoSuchKey", ""), null)).hasMessageStartingWith("404 NoSuchKey (request id");
  }

  @Test
  void whatIsThrottledHasAClassOfItsOwn() {
    assertThat(OssServiceException.of(error(503, "SlowDown", ""), null)).isInstanceOf(OssThrottledException.class);
    assertThat(OssServiceException.of(error(500, "InternalError", ""), null)).isNotInstanceOf(OssThrottledException.class);
  }

  @Test
  void whateverACallEndsWithHasItsReportAttached() {
    Exchange timedOut = Scene.once().call(PUT);
    timedOut.begin();
    assertReported(thrown(timedOut.failed(new SocketTimeoutException("Read timed out"), null, true)), timedOut, Outcome.EXCEPTION);

    Exchange cancelled = scene.call(PUT);
    cancelled.begin();
    assertReported(cancelled.cancelledInFlight(new IOException("Canceled"), true), cancelled, Outcome.CANCELLED);

    Exchange inDoubt = scene.call(Request.of("POST", "append&position=10", 5));
    inDoubt.begin();
    IOException given = inDoubt.cancelledInFlight(new IOException("Canceled"), true);
    assertReported(given, inDoubt, Outcome.AMBIGUOUS);
    assertThat(AmbiguousAppendException.in(given)).isNotNull();
    assertThat(ExchangeReport.of(new IOException("wrapped", new RuntimeException(given)))).isEqualTo(inDoubt.report());
    assertThat(ExchangeReport.of(new IOException("no call of ours"))).isNull();
  }

  @Test
  void anAmbiguityTellsWhatHappened() {
    Exchange call = Scene.once().call(Request.of("POST", "append&position=10", 5));
    call.begin();
    Step step = call.failed(new SocketTimeoutException("Read timed out"), null, true);
    step = step instanceof Step.Digest ? call.digested(5, 1, new byte[0]) : step;
    while (step instanceof Step.Probe) {
      step = call.probed(Reply.error(403, "AccessDenied", "").asHead(), new byte[0], 0, 0);
    }
    AmbiguousWriteException thrown = (AmbiguousWriteException) thrown(step);
    assertReported(thrown, call, Outcome.AMBIGUOUS);
    assertThat(thrown.report()).isEqualTo(call.report());
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).contains("AppendObject of logs/k -> AMBIGUOUS").contains("SocketTimeoutException").contains("403 AccessDenied");
  }

  private static void assertReported(IOException thrown, Exchange call, Outcome outcome) {
    ExchangeReport report = ExchangeReport.of(thrown);
    assertThat(report).isEqualTo(call.report());
    assertThat(Objects.requireNonNull(report).outcome()).isEqualTo(outcome);
    assertThat(report.attempts()).isEqualTo(1);
  }

  /** Whoever asks again meets no circle of causes without an end. */
  @Test
  void aCircleOfCausesHasNoReport() {
    IOException one = new IOException("one");
    IOException other = new IOException("other", one);
    one.initCause(other);
    assertThat(ExchangeReport.of(one)).isNull();
  }

  @Test
  void noExceptionNamesASecret() {
    String secrets = "<Message>token CANARY</Message><SecurityToken>CANARY</SecurityToken><StringToSign>CANARY</StringToSign>";
    assertThat(OssServiceException.of(error(403, "InvalidSecurityToken", secrets), null).toString()).doesNotContain("CANARY");
  }
}
