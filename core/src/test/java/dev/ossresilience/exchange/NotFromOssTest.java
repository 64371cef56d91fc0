package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A success without OSS's request id: a captive portal, a proxy's page, a mirror. */
class NotFromOssTest {
  private static final Reply PAGE = Reply.of(200).with("x-oss-request-id", "");

  @Test
  void aReadThatIsSignedHereIsNotAnsweredByAnybodyElse() {
    Scene scene = Scene.signing();
    Exchange call = scene.call(Request.get());
    call.begin();
    assertThat(call.isPlainSuccess(PAGE)).isFalse();
    assertThat(answer(call, PAGE)).isInstanceOf(Step.Pause.class);
    assertThat(call.resumed()).isInstanceOf(Step.Attempt.class);
    assertThat(call.isPlainSuccess(Reply.of(200))).isTrue();
    assertThat(answer(call, Reply.of(200))).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void ifNobodyElseAnswersTheCallFailsAndSaysWhy() {
    Exchange call = Scene.once().call(Request.get());
    call.begin();
    assertThat(answer(call, PAGE)).isInstanceOfSatisfying(Step.Fail.class, fail ->
        assertThat(fail.cause()).hasMessageContaining("status 200").hasMessageContaining("not by OSS"));
  }

  @Test
  void whatIsNotSignedHereMayComeFromAMirror() {
    Exchange call = Scene.with(builder -> builder).call(Request.get());
    call.begin();
    assertThat(call.isPlainSuccess(PAGE)).isTrue();
    assertThat(answer(call, PAGE)).isInstanceOf(Step.Deliver.class);
  }
}
