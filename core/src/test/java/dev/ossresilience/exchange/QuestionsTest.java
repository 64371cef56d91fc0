package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Questions about doubtful writes count in OSS's limits as all else does: they wait for their turn, and all calls hear of their refusal. */
class QuestionsTest {
  private static final Reply SLOW_DOWN = Reply.error(503, "SlowDown", "");

  private final Scene scene = Scene.with(builder -> builder.policy(RetryPolicy.builder().maxAttempts(1).build()));

  /** Of a write that may have taken effect: the body was read again, and what follows is the question. */
  private static Step inDoubt(Exchange call) {
    call.begin();
    Step step = call.failed(new SocketTimeoutException("lost"), null, true);
    assertThat(step).isInstanceOf(Step.Digest.class);
    return call.digested(5, 1, new byte[0]);
  }

  private Exchange put() {
    return scene.call(Request.of("PUT", null, 5).withHeader("x-oss-forbid-overwrite", "true"));
  }

  /** Ten calls a second were made, and now OSS refuses some. */
  private void throttle() {
    for (int i = 0; i < 200; i++) {
      scene.clocks.pass(Duration.ofMillis(100));
      Exchange call = scene.call(Request.of("GET", null, 0));
      if (call.begin() instanceof Step.Attempt) {
        answer(call, i < 150 ? Reply.of(200) : SLOW_DOWN);
      } else {
        call.abandoned();
      }
    }
  }

  private static Step.Pause paced(Step step) {
    assertThat(step).isInstanceOf(Step.Pause.class);
    assertThat(((Step.Pause) step).reason()).isEqualTo(Reason.PACED);
    return (Step.Pause) step;
  }

  @Test
  void aQuestionWaitsForItsTurn() {
    Exchange call = put();
    call.begin();
    throttle();
    assertThat(call.failed(new SocketTimeoutException("lost"), null, true)).isInstanceOf(Step.Digest.class);
    Step step = call.digested(5, 1, new byte[0]);
    Duration waited = Duration.ZERO;
    while (step instanceof Step.Pause) {
      waited = waited.plus(paced(step).delay());
      assertThat(call.isLastAnswerNeeded()).as("there is no other attempt to come").isTrue();
      scene.clocks.pass(paced(step).delay());
      step = call.resumed();
    }
    assertThat(step).isInstanceOf(Step.Probe.class);
    assertThat(waited).isPositive();
  }

  @Test
  void nothingWaitsUntilSomethingIsRefused() {
    assertThat(inDoubt(put())).isInstanceOf(Step.Probe.class);
  }

  @Test
  void aQuestionThatIsRefusedIsPacedForAll() {
    Exchange call = put();
    assertThat(inDoubt(call)).isInstanceOf(Step.Probe.class);
    assertThat(scene.oss.load().pacedScopes()).isZero();
    call.probed(SLOW_DOWN, SLOW_DOWN.body().getBytes(UTF_8), 0, 0);
    assertThat(scene.oss.load().pacedScopes()).isEqualTo(1);
  }

  @Test
  void questionsWithoutAnAnswerArePacedForAllWhenThereAreMany() {
    for (int i = 0; i < 20 && scene.oss.load().pacedScopes() == 0; i++) {
      Exchange call = put();
      call.begin();
      call.responded(Reply.of(200), new byte[0]);
      Exchange lost = put();
      inDoubt(lost);
      lost.probeFailed(new IOException("reset"));
    }
    assertThat(scene.oss.load().pacedScopes()).isEqualTo(1);
  }

  @Test
  void whatFindsNoTurnInTimeIsAskedAtOnce() {
    Exchange call = put();
    call.begin();
    throttle();
    scene.clocks.pass(Duration.ofSeconds(60).minus(Duration.ofMillis(20_010)));
    assertThat(call.failed(new SocketTimeoutException("lost"), null, true)).isInstanceOf(Step.Digest.class);
    assertThat(call.digested(5, 1, new byte[0])).isInstanceOf(Step.Probe.class);
  }

  @Test
  void whoGivesUpWhileItWaitsTakesNobodysTurn() {
    List<Exchange> calls = Stream.generate(this::put).limit(50).toList();
    calls.forEach(Exchange::begin);
    throttle();
    Step first = nextTurn();
    for (Exchange call : calls) {
      call.failed(new SocketTimeoutException("lost"), null, true);
      paced(call.digested(5, 1, new byte[0]));
      call.cancelled(new IOException("Canceled"));
    }
    assertThat(nextTurn()).isEqualTo(first);
  }

  /** What a new call is told; it leaves at once. */
  private Step nextTurn() {
    Exchange call = scene.call(Request.of("GET", null, 0));
    Step step = call.begin();
    call.abandoned();
    return step;
  }
}
