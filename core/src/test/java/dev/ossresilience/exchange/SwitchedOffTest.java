package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever keeps the load in bounds is there by default, and is gone with one line. */
class SwitchedOffTest {
  private static final Reply BROKEN = Reply.error(500, "InternalError", "");

  private static Arguments off(String what, Predicate<Scene> bounds, UnaryOperator<OssResilience.Builder> line) {
    return Arguments.of(Named.of(what, bounds), Named.of("off", line));
  }

  private static UnaryOperator<OssResilience.Builder> policy(UnaryOperator<RetryPolicy.Builder> line) {
    return builder -> builder.policy(line.apply(RetryPolicy.builder()).build());
  }

  static Stream<Arguments> switches() {
    return Stream.of(
        off("backoff after failures", scene -> waitsAfter(scene, BROKEN), policy(policy -> policy.transientBackoff(Backoff.none()))),
        off(
            "backoff after throttling",
            scene -> waitsAfter(scene, Reply.error(503, "PartitionQpsLimitted", "")),
            policy(policy -> policy.throttledBackoff(Backoff.none()))),
        off("jitter", scene -> !pauseAfter(scene, BROKEN).equals(Duration.ofMillis(50)), policy(policy -> policy.transientBackoff(WITHOUT_JITTER))),
        off(
            "hints",
            scene -> pauseAfter(scene, BROKEN.with("retry-after", "9")).equals(Duration.ofSeconds(9)),
            policy(policy -> policy.maxHint(Duration.ZERO))),
        off("retries", scene -> waitsAfter(scene, BROKEN), policy(policy -> policy.maxAttempts(1))),
        off("the budget", SwitchedOffTest::budgetEnds, builder -> builder.retryBudget(RetryBudget.unlimited())),
        off("the budget of moves", SwitchedOffTest::movesEnd, builder -> builder.retryBudget(RetryBudget.unlimited())),
        off("pacing", scene -> nextWaitsAfter(scene, "TotalQpsLimitExceeded"), builder -> builder.pacing(false)),
        off("limits of what is under way", scene -> nextWaitsAfter(scene, "ActiveRequestLimitExceeded"), builder -> builder.pacing(false)),
        off("the circuit breaker", SwitchedOffTest::breakerOpens, OssResilience.Builder::withoutCircuitBreaker));
  }

  private static final Backoff WITHOUT_JITTER = Backoff.exponential(Duration.ofMillis(50), Duration.ofSeconds(20)).withJitter(Backoff.Jitter.NONE);

  @ParameterizedTest
  @MethodSource("switches")
  void oneLineSwitchesItOff(Predicate<Scene> bounds, UnaryOperator<OssResilience.Builder> line) {
    assertThat(bounds.test(Scene.with(builder -> builder))).as("by default").isTrue();
    assertThat(bounds.test(Scene.with(line))).as("with the line").isFalse();
  }

  private static Request put() {
    return Request.of("PUT", null, 5);
  }

  private static Step after(Scene scene, Reply reply) {
    Exchange call = scene.call(put());
    call.begin();
    return answer(call, reply);
  }

  private static boolean waitsAfter(Scene scene, Reply reply) {
    return after(scene, reply) instanceof Step.Pause;
  }

  private static Duration pauseAfter(Scene scene, Reply reply) {
    return ((Step.Pause) after(scene, reply)).delay();
  }

  private static boolean budgetEnds(Scene scene) {
    for (int i = 0; i < 100; i++) {
      if (!waitsAfter(scene, BROKEN)) {
        return true;
      }
    }
    return false;
  }

  private static boolean nextWaitsAfter(Scene scene, String limit) {
    after(scene, Reply.error(503, limit, ""));
    scene.call(put()).begin();
    return scene.call(put()).begin() instanceof Step.Pause;
  }

  private static boolean breakerOpens(Scene scene) {
    List<Exchange> calls = Stream.generate(() -> scene.call(put())).limit(30).toList();
    calls.forEach(Exchange::begin);
    calls.forEach(call -> call.failed(new SocketTimeoutException("lost"), null, true));
    return scene.call(put()).begin() instanceof Step.Fail;
  }

  /** Other writers are always faster, by a byte. */
  private static boolean movesEnd(Scene scene) {
    Step step = null;
    for (int calls = 0; calls < 2; calls++) {
      step = MovesTest.overtaken(scene, 40);
    }
    return step instanceof Step.Deliver;
  }
}
