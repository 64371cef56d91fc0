package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wrong clock is corrected within the call, once, and for all later ones. */
class ClockSkewTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Scene scene = Scene.signing();

  @Test
  void aSkewedClockIsCorrectedWithinTheSameCall() {
    scene.clocks.setHostWrongBy(HOUR);
    Exchange call = scene.call(Request.get());
    assertThat(scene.play(call)).isEqualTo(2);
    assertThat(call.report().outcome()).isEqualTo(ExchangeReport.Outcome.SUCCESS);
    assertThat(call.report().recovered()).isTrue();
    assertThat(call.report().events().get(1).reason()).isEqualTo(Reason.CLOCK_SKEW);
    assertThat(scene.oss.clockOffset()).isEqualTo(HOUR.negated());
    assertThat(scene.oss.clock().instant()).isEqualTo(scene.clocks.truth());
  }

  @Test
  void theFirstAttemptOfLaterCallsIsRight() {
    scene.clocks.setHostWrongBy(HOUR.negated());
    scene.play(scene.call(Request.get()));
    assertThat(scene.play(scene.call(Request.get()))).isEqualTo(1);
  }

  @Test
  void aClockThatIsSetRightMeanwhileIsLearntAnew() {
    scene.clocks.setHostWrongBy(HOUR);
    scene.play(scene.call(Request.get()));
    scene.clocks.setHostWrongBy(Duration.ZERO);
    assertThat(scene.play(scene.call(Request.get()))).isEqualTo(2);
    assertThat(scene.oss.clockOffset()).isZero();
    assertThat(scene.play(scene.call(Request.get()))).isEqualTo(1);
  }

  @Test
  void evenWhileARequestIsUnderWay() {
    scene.clocks.setHostWrongBy(HOUR);
    Exchange call = scene.call(Request.get());
    Step first = call.begin();
    Reply refusal = scene.byTime(first);
    scene.clocks.setHostWrongBy(Duration.ZERO); // between request and response
    Step second = answer(call, refusal);
    assertThat(Scene.signedFor(second)).isEqualTo(scene.clocks.truth());
    assertThat(scene.oss.clockOffset()).isZero();
  }

  @Test
  void halfOfTheRoundTripHasPassedSinceTheServerLookedAtItsClock() {
    scene.clocks.setHostWrongBy(HOUR);
    Exchange call = scene.call(Request.get());
    Step first = call.begin();
    scene.clocks.pass(Duration.ofSeconds(10));
    Reply refusal = scene.byTime(first);
    scene.clocks.pass(Duration.ofSeconds(10));
    answer(call, refusal);
    assertThat(scene.oss.clockOffset()).isEqualTo(HOUR.negated());
  }

  @Test
  void aRequestThatWasUnderWayTooLongIsSignedAnewAndTheClockStays() {
    Exchange call = scene.call(Request.get());
    Step first = call.begin();
    scene.clocks.pass(Duration.ofSeconds(2));
    Step second = answer(call, Reply.skewed(scene.clocks.truth()));
    assertThat(second).isInstanceOf(Step.Attempt.class);
    assertThat(Scene.signedFor(second)).isEqualTo(Scene.signedFor(first).plusSeconds(2));
    assertThat(scene.oss.clockOffset()).isZero();
  }

  @Test
  void aHundredFirstCallsAtOnceAreCorrectedOnceEach() {
    scene.clocks.setHostWrongBy(HOUR);
    List<Exchange> calls = new ArrayList<>();
    List<Step> attempts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Exchange call = scene.call(Request.get());
      calls.add(call);
      attempts.add(call.begin());
    }
    for (int i = 0; i < 100; i++) {
      scene.clocks.pass(Duration.ofMillis(10));
      attempts.set(i, answer(calls.get(i), scene.byTime(attempts.get(i))));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(answer(calls.get(i), scene.byTime(attempts.get(i)))).isInstanceOf(Step.Deliver.class);
      assertThat(calls.get(i).report().attempts()).isEqualTo(2);
      assertThat(calls.get(i).report().outcome()).isEqualTo(ExchangeReport.Outcome.SUCCESS);
    }
  }

  @Test
  void aServerThatContradictsItselfIsFollowedOnce() {
    Exchange call = scene.call(Request.get());
    call.begin();
    assertThat(answer(call, Reply.skewed(scene.clocks.truth().plus(HOUR)))).isInstanceOf(Step.Attempt.class);
    assertThat(answer(call, Reply.skewed(scene.clocks.truth().minus(HOUR)))).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void aSkewedAppendIsReplayedWhereItWas() {
    scene.clocks.setHostWrongBy(HOUR);
    Exchange call = scene.call(Request.append());
    Step second = answer(call, scene.byTime(call.begin()));
    assertThat(((Step.Attempt) second).edit().query()).isEmpty();
    assertThat(answer(call, Reply.appended())).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void withoutAnAttemptOrABodyLeftTheRefusalIsDeliveredAndTheClockLearnt() {
    Scene once = Scene.once();
    once.clocks.setHostWrongBy(HOUR);
    assertThat(once.play(once.call(Request.get()))).isEqualTo(1);
    assertThat(once.oss.clockOffset()).isEqualTo(HOUR.negated());
    scene.clocks.setHostWrongBy(HOUR);
    Exchange call = scene.call(Request.append().once());
    assertThat(scene.play(call)).isEqualTo(1);
    assertThat(call.report().outcome()).isEqualTo(ExchangeReport.Outcome.ERROR_RESPONSE);
    assertThat(scene.play(scene.call(Request.get()))).isEqualTo(1);
  }
}
