package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
  @Test
  void aPlaceThatIsGivenBackFreesNoMoreThanItTook() {
    Pacer pacer = new Pacer(0, 10, 1);
    assertThat(pacer.take(0, 1, 60)).isZero();
    double huge = pacer.take(0, 1e9, 60);
    assertThat(huge).isEqualTo(1);
    pacer.giveBack(huge, 1e9, 0);
    assertThat(pacer.take(0, 1, 60)).as("behind the one that still waits").isEqualTo(1);
  }

  @Test
  void whatPiledUpGoesOutFasterThanBeforeOnlyWhileAnswersAreQuick() {
    assertThat(paceTenSecondsAfterAnOutage(false)).isBetween(130.0, 136.0);
    assertThat(paceTenSecondsAfterAnOutage(true)).isBetween(95.0, 101.0);
  }

  /** Of a client that wanted 100 per second before, and has more waiting than it can send. */
  private static double paceTenSecondsAfterAnOutage(boolean slow) {
    Pacer pacer = new Pacer(0, 100, 1);
    pacer.refused(0, 0, false);
    double sent = 0;
    for (double now = 0; now < 10; now += 0.01) {
      while (pacer.take(now, 1, 0) >= 0) {
        sent++; // as much as the pace allows
      }
      pacer.take(now, 1, 60);
      pacer.accepted(now, 0, slow);
    }
    double place = pacer.take(10, 1, 60);
    assertThat(sent).isPositive();
    double next = pacer.take(10, 1, 60);
    return 1 / (pacer.remaining(next, 10) - pacer.remaining(place, 10));
  }

  @Test
  void smallClientsCatchUpWithLargeOnes() {
    double small = growth(2.5);
    double large = growth(5);
    assertThat(small).as("per second, as a part of the limit").isGreaterThan(1.2 * large);
  }

  /** How fast a client whose requests were refused at that pace crosses it, as a part of it per second. */
  private static double growth(double limit) {
    return 0.1 / Pacer.secondsAcross(limit);
  }
}
