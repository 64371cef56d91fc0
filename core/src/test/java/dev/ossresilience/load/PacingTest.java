package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.error.ThrottleScope;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which scopes are paced when there are more than can be. */
class PacingTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long TWO_MINUTES = TimeUnit.MINUTES.toNanos(2);

  private final Pacing pacing = new Pacing(0);

  private static Traffic at(int partition) {
    return new Traffic(ThrottleScope.UPLOAD, 1, false, "bucket", partition + "/key");
  }

  private void allPartitionsAreHot() {
    for (int i = 0; i < Pacers.MAX_PARTITIONS; i++) {
      pacing.refused(at(i), ThrottleScope.PARTITION, 0, 0);
    }
    assertThat(pacing.pacers().size()).isEqualTo(Pacers.MAX_PARTITIONS);
  }

  private boolean waits(Traffic traffic, long now) {
    pacing.take(traffic, now, MINUTE);
    return !Objects.requireNonNull(pacing.take(traffic, now, MINUTE)).remaining(now).isZero();
  }

  @Test
  void aLimitOfTheAccountIsPacedHoweverManyPartitionsAreHot() {
    allPartitionsAreHot();
    Traffic cold = at(-1);
    assertThat(waits(cold, 0)).isFalse();
    pacing.refused(cold, ThrottleScope.TOTAL, 0, 0);
    assertThat(waits(cold, 0)).isTrue();
    assertThat(pacing.pacers().unpaced()).isZero();
  }

  @Test
  void oneMoreHotPartitionIsNotPacedAndCounted() {
    allPartitionsAreHot();
    pacing.refused(at(-1), ThrottleScope.PARTITION, 0, 0);
    assertThat(waits(at(-1), 0)).isFalse();
    assertThat(pacing.pacers().unpaced()).isEqualTo(1);
    assertThat(pacing.pacers().size()).isEqualTo(Pacers.MAX_PARTITIONS);
  }

  @Test
  void onesThatAreNoLongerHotMakeRoom() {
    allPartitionsAreHot();
    pacing.refused(at(-1), ThrottleScope.PARTITION, TWO_MINUTES, TWO_MINUTES);
    assertThat(waits(at(-1), TWO_MINUTES)).isTrue();
    assertThat(pacing.pacers().unpaced()).isZero();
  }
}
