package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.report.OssDeadlineException;
import dev.ossresilience.report.OssServiceException;
import dev.ossresilience.report.OssThrottledException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    assertThat(thrown.getSuppressed()).hasSize(1);
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
  void noExceptionNamesASecret() {
    String secrets = "<Message>token CANARY</Message><SecurityToken>CANARY</SecurityToken><StringToSign>CANARY</StringToSign>";
    assertThat(OssServiceException.of(error(403, "InvalidSecurityToken", secrets), null).toString()).doesNotContain("CANARY");
  }
}
