package dev.ossresilience.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  /** Of a run in which 10 calls a second began, of which so many succeeded. */
  private static @Nullable Duration recovery(int... good) {
    Agenda agenda = new Agenda();
    Tally tally = new Tally(agenda, 1);
    for (int second = 0; second < good.length; second++) {
      int succeeded = good[second];
      agenda.at(second * 1_000_000_000L, () -> {
        for (int i = 0; i < 10; i++) {
          tally.began(0);
          tally.ended(0, agenda.nanoTime(), 1, i < succeeded);
        }
      });
    }
    agenda.run();
    return new Outcome("test", Scenario.steady().duration(Duration.ofSeconds(good.length)).build(), tally, new Account()).recovery();
  }

  @Test
  void recoveryBeginsWithThreeGoodSeconds() {
    assertThat(recovery(0, 0, 10, 10, 0, 10, 10, 10)).isEqualTo(Duration.ofSeconds(5));
    assertThat(recovery(10, 10, 10)).isEqualTo(Duration.ZERO);
    assertThat(recovery(0, 10, 10)).isNull();
  }

  @Test
  void aBadSecondIsNoRelapse() {
    assertThat(recovery(0, 10, 10, 10, 0, 0, 10, 10)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aRelapseMeansThatItHadNotRecovered() {
    assertThat(recovery(0, 10, 10, 10, 0, 0, 0, 10, 10, 10)).isEqualTo(Duration.ofSeconds(7));
    assertThat(recovery(0, 10, 10, 10, 0, 0, 0, 10, 10)).isNull();
  }
}
