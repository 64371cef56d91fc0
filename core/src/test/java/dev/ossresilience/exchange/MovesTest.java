package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.report.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What appends cost that other writers overtake again and again. */
class MovesTest {
  private static Request append() {
    return new Request("POST", "/k", "append&position=1000", Map.of(), 10, true);
  }

  /** One call that is overtaken so often by shorter appends, and then waits; or ended before. */
  static Step overtaken(Scene scene, int times) {
    return overtaken(scene, scene.call(append()), times);
  }

  private static Step overtaken(Scene scene, Exchange call, int times) {
    Step step = call.begin();
    for (int i = 1; i <= times; i++) {
      while (step instanceof Step.Pause pause) {
        scene.clocks.pass(pause.delay());
        step = call.resumed();
      }
      if (!(step instanceof Step.Attempt)) {
        return step;
      }
      step = answer(call, Reply.error(409, "PositionNotEqualToLength", "").with("x-oss-next-append-position", Integer.toString(1000 + i)));
    }
    return step;
  }

  private static Scene spent() {
    Scene scene = Scene.with(builder -> builder.retryBudget(RetryBudget.tokens(3, 1, 1)));
    while (scene.oss.load().budget().take(false) > 0) {
      // until nothing is left
    }
    return scene;
  }

  @Test
  void theFirstTenMovesCostNothing() {
    assertThat(overtaken(spent(), 10)).isInstanceOf(Step.Pause.class);
  }

  @Test
  void furtherOnesArePaidForAndEndWithTheConflict() {
    Scene scene = spent();
    Exchange call = scene.call(append());
    assertThat(overtaken(scene, call, 11)).isInstanceOf(Step.Deliver.class);
    assertThat(call.report().events()).last().satisfies(event -> assertThat(event.reason()).isEqualTo(Reason.BUDGET_EXHAUSTED));
    assertThat(scene.oss.load().exhaustions()).isEqualTo(1);
  }

  @Test
  void aBudgetThatIsNotUsedUpPaysForThem() {
    Scene scene = Scene.with(builder -> builder.retryBudget(RetryBudget.tokens(3, 1, 1)));
    assertThat(overtaken(scene, 13)).isInstanceOf(Step.Pause.class);
    assertThat(scene.oss.load().budget()).hasToString("tokens[0 of 3]");
  }
}
