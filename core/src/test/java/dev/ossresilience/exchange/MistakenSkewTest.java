package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.OssSigner;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a wrong clock and isn't: nothing may be sent again for it that mustn't be, and no later call may suffer. */
class MistakenSkewTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Scene scene = Scene.signing();

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 403})
  void theSecondSpellingCountsOnlyAsOssSendsIt(int status) {
    Exchange call = scene.call(Request.of("POST", "x-oss-async-process", 5));
    call.begin();
    Reply reply = Reply.error(status, "InvalidArgument", "<Message>Invalid signing date in Authorization header.</Message>");
    assertThat(answer(call, reply.dated(scene.clocks.truth().plus(HOUR)))).isInstanceOf(Step.Deliver.class);
    assertThat(scene.oss.clockOffset()).isZero();
  }

  @Test
  void aRequestThatWaitedLongDoesNotShiftTheClock() {
    Scene patient =
        Scene.with(
            b -> b.signer(OssSigner.v4("cn-hangzhou", Scene.STATIC)).policy(RetryPolicy.builder().totalTimeout(HOUR.multipliedBy(2)).build()));
    Exchange call = patient.call(Request.get());
    call.begin();
    patient.clocks.pass(Duration.ofMinutes(40)); // in a queue of the client's
    Step again = answer(call, Reply.skewed(patient.clocks.truth()));
    assertThat(patient.oss.clockOffset()).isZero();
    assertThat(patient.byTime(again).status()).isEqualTo(200);
  }

  @Test
  void aSilentRefusalFromACacheIsNotOneForTheClock() {
    Exchange call = scene.call(Request.head());
    call.begin();
    Reply cached = Reply.of(403).datedByOss(scene.clocks.truth().minus(HOUR)).with("age", "3600");
    assertThat(answer(call, cached)).isInstanceOf(Step.Deliver.class);
    assertThat(scene.oss.clockOffset()).isZero();
  }

  @Test
  void aSilentRefusalWhoseDateTheRequestIdContradictsIsNotOneForTheClock() {
    Exchange call = scene.call(Request.head());
    call.begin();
    Reply lying = Reply.of(403).datedByOss(scene.clocks.truth()).dated(scene.clocks.truth().minus(HOUR));
    assertThat(answer(call, lying)).isInstanceOf(Step.Deliver.class);
    assertThat(scene.oss.clockOffset()).isZero();
  }

  @Test
  void aGuessThatDidNotHelpIsTakenBack() {
    Exchange call = scene.call(Request.head());
    call.begin();
    Reply refused = Reply.of(403).datedByOss(scene.clocks.truth().minus(HOUR));
    assertThat(answer(call, refused)).isInstanceOf(Step.Attempt.class);
    assertThat(scene.oss.clockOffset()).isEqualTo(HOUR.negated());
    assertThat(answer(call, refused)).isInstanceOf(Step.Deliver.class);
    assertThat(scene.oss.clockOffset()).isZero();
  }

  @Test
  void aDateThatTheRequestIdContradictsIsNotBelievedWithoutADocument() {
    Exchange call = scene.call(Request.get());
    call.begin();
    Reply reply = Reply.of(403).with("x-oss-ec", "0002-00000504").datedByOss(scene.clocks.truth().plus(HOUR));
    answer(call, reply.dated(scene.clocks.truth().plus(Duration.ofDays(300))));
    assertThat(scene.oss.clockOffset()).isEqualTo(HOUR);
  }

  @Test
  void aProxysUnauthorizedSaysNothingOfOssCredentials() {
    Exchange call = scene.call(Request.get());
    call.begin();
    assertThat(answer(call, new Reply(401, Map.of(), "<html>log in</html>"))).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void anAppendThatCantBeSignedAnewIsNotMoved() {
    Reply conflict = Reply.error(409, "PositionNotEqualToLength", "").with("x-oss-next-append-position", "12");
    Exchange cameSigned = Scene.with(b -> b).call(Request.append().withHeader("Authorization", "OSS ak:sig"));
    cameSigned.begin();
    assertThat(answer(cameSigned, conflict)).isInstanceOf(Step.Deliver.class);
    Exchange presigned = scene.call(Request.append().withQuery("append&position=10&x-oss-signature=abc"));
    presigned.begin();
    assertThat(answer(presigned, conflict)).isInstanceOf(Step.Deliver.class);
  }
}
