package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssResilience;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose signature isn't ours to make. */
class SignedElsewhereTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(strings = {"x-oss-signature=abc", "OSSAccessKeyId=ak&Expires=1&Signature=abc"})
  void aPresignedUrlIsNeitherSignedNorReplayed(String query) {
    for (Scene scene : new Scene[] {Scene.signing(), Scene.with(OssResilience.Builder::signedDownstream), Scene.with(UnaryOperator.identity())}) {
      refusedForTheClock(scene, Request.get().withQuery(query));
    }
  }

  @Test
  void aRequestThatCameSignedIsNotReplayed() {
    refusedForTheClock(Scene.with(UnaryOperator.identity()), Request.get().withHeader("Authorization", "OSS ak:abc"));
  }

  private static void refusedForTheClock(Scene scene, Request request) {
    Exchange call = scene.call(request);
    Step first = call.begin();
    assertThat(((Step.Attempt) first).edit()).isEqualTo(RequestEdit.NONE);
    assertThat(answer(call, Reply.skewed(scene.clocks.truth().minus(HOUR)))).isInstanceOf(Step.Deliver.class);
    assertThat(call.report().clockSkew()).isEqualTo(HOUR.negated());
  }

  @Test
  void whoSignsFurtherDownIsGivenTheServersTimeAndSentAgain() {
    Scene scene = Scene.with(OssResilience.Builder::signedDownstream);
    scene.clocks.setHostWrongBy(HOUR);
    Exchange call = scene.call(Request.append());
    call.begin();
    Step second = answer(call, Reply.skewed(scene.clocks.truth()));
    assertThat(((Step.Attempt) second).edit()).isEqualTo(RequestEdit.NONE);
    assertThat(scene.oss.clock().instant()).isEqualTo(scene.clocks.truth());
    assertThat(answer(call, Reply.appended())).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void credentialsFurtherDownAreNotOursToChange() {
    Scene scene = Scene.with(OssResilience.Builder::signedDownstream);
    Exchange call = scene.call(Request.get());
    call.begin();
    assertThat(answer(call, Reply.error(403, "SecurityTokenExpired", ""))).isInstanceOf(Step.Deliver.class);
  }
}
