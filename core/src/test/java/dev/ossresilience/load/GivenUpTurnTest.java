package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.error.ThrottleScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GivenUpTurnTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Pacing pacing = new Pacing(0);
  private final Traffic hot = new Traffic(ThrottleScope.UPLOAD, 1, false, "bucket", "hot/key");
  private final Traffic other = new Traffic(ThrottleScope.UPLOAD, 1, false, "bucket", "other/key");

  @Test
  void callsThatAHotPartitionKeepsFromBeingSentSlowNobodyElse() {
    pacing.refused(hot, ThrottleScope.PARTITION, 0, 0);
    for (int i = 0; i < 30; i++) {
      take(hot, MINUTE);
    }
    pacing.refused(other, ThrottleScope.TOTAL, 0, 0);
    for (int i = 0; i < 30; i++) {
      assertThat(pacing.take(hot, 0, Duration.ofSeconds(10))).isNull();
    }
    assertThat(take(other, MINUTE).remaining(0)).isZero();
  }

  @Test
  void nobodyWaitsForCallsThatWereGivenUp() {
    pacing.refused(other, ThrottleScope.TOTAL, 0, 0);
    List<Turn> waiting = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      waiting.add(take(other, MINUTE));
    }
    waiting.forEach(turn -> turn.giveUp(0));
    assertThat(take(other, MINUTE).remaining(0)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void whoGivesUpAfterItsTurnHasComeTakesNothingFromThoseWhoWait() {
    pacing.refused(other, ThrottleScope.TOTAL, 0, 0);
    Turn first = take(other, MINUTE);
    Turn second = take(other, MINUTE);
    first.giveUp(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(take(other, MINUTE).remaining(0)).isGreaterThan(second.remaining(0));
  }

  private Turn take(Traffic traffic, Duration atMost) {
    return Objects.requireNonNull(pacing.take(traffic, 0, atMost));
  }
}
