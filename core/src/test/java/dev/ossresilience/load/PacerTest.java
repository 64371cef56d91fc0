package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
  @Test
  void aPlaceThatIsGivenBackFreesNoMoreThanItTook() {
    Pacer pacer = new Pacer(0, 10, 60, 1);
    assertThat(pacer.take(0, 1, 60)).isZero();
    double huge = pacer.take(0, 1e9, 60);
    assertThat(huge).isEqualTo(1);
    pacer.giveBack(huge, 1e9, 0);
    assertThat(pacer.take(0, 1, 60)).as("behind the one that still waits").isEqualTo(1);
  }

  @Test
  void whatPiledUpGoesOutFasterThanBeforeOnlyWhileAnswersAreQuick() {
    assertThat(paceTenSecondsAfterAnOutage(false)).isBetween(120.0, 126.0);
    assertThat(paceTenSecondsAfterAnOutage(true)).isBetween(78.0, 82.0);
  }

  /** Of a client that wants 100 per second all the time, and has some hundred more waiting since. */
  private static double paceTenSecondsAfterAnOutage(boolean slow) {
    Pacer pacer = new Pacer(0, 100, 60, 1);
    for (int i = 0; i < 1500; i++) {
      double now = i / 100.0;
      assertThat(pacer.take(now, 1, 60)).isNotNegative();
      if (now < 5) {
        pacer.refused(now, now, false); // counts once a second
      } else {
        pacer.accepted(now, 0, slow);
      }
    }
    double place = pacer.take(15, 1, 60);
    double next = pacer.take(15, 1, 60);
    assertThat(pacer.remaining(place, 15)).as("the wait at the end of the queue").isPositive();
    return 1 / (pacer.remaining(next, 15) - pacer.remaining(place, 15));
  }

  @Test
  void aServerThatBecameSlowerForGoodIsNotHeldBackForGood() {
    Pacer pacer = new Pacer(0, 100, 60, 1);
    pacer.refused(0, 0, false);
    double wait = 0;
    for (int i = 0; i < 18_000; i++) {
      double now = i / 100.0;
      wait = pacer.remaining(pacer.take(now, 1, 1e9), now);
      pacer.accepted(now, 0, true);
    }
    assertThat(wait).as("three minutes after the only refusal, in seconds").isZero();
    assertThat(pacer.isIdle(180)).isTrue();
  }

  @Test
  void aPlaceThatIsGivenBackAtAnotherPaceFreesWhatItTook() {
    Pacer pacer = new Pacer(0, 100, 60, 1);
    pacer.refused(0, 0, true);
    pacer.take(0, 100, 60);
    double huge = pacer.take(0, 1e9, 60); // takes five seconds at the pace of 70
    double last = -1;
    for (int i = 0; i < 500; i++) {
      last = pacer.take(0, 1, 60);
    }
    pacer.accepted(1, 0, false);
    assertThat(pacer.pace()).isEqualTo(90);
    pacer.giveBack(huge, 1e9, 1);
    assertThat(pacer.remaining(last, 1)).as("behind 30 of the first and 499 others").isCloseTo((30 + 499) / 90.0, within(1e-9));
  }

  @Test
  void whoWantsMoreAfterAnOutageThanBeforeGetsItWithinSeconds() {
    Pacer pacer = new Pacer(0, 1, 60, 1); // one per second, perhaps because the program has just been started
    pacer.refused(0, 0, false);
    int waiting = 0;
    for (int i = 0; i < 1500; i++) {
      double now = 5 + i / 100.0;
      waiting += pacer.take(now, 1, 60) >= 0 ? 1 : 0;
      pacer.accepted(now, 0, false);
    }
    assertThat(waiting).as("of 1,500, those whose turn comes within a minute").isGreaterThan(1000);
    double last = pacer.take(20, 1, 1e9);
    assertThat(pacer.remaining(last, 20)).as("the wait of one more, in seconds").isLessThan(15);
  }

  @Test
  void nobodyWaitsForThoseAheadWhoHaveLeft() {
    Pacer pacer = new Pacer(0, 1, 60, 1);
    double first = pacer.take(0, 1, 60);
    double second = pacer.take(0, 1, 60);
    double third = pacer.take(0, 1, 60);
    double last = pacer.take(0, 1, 60);
    assertThat(pacer.remaining(last, 0)).isEqualTo(3);
    pacer.giveBack(third, 1, 0);
    pacer.giveBack(second, 1, 0);
    assertThat(pacer.remaining(last, 0)).as("behind the first only").isEqualTo(1);
    assertThat(pacer.remaining(first, 0.5)).isZero();
    assertThat(pacer.take(0.5, 1, 1.4)).as("who would wait for 1.5 s").isNegative();
    assertThat(pacer.remaining(pacer.take(0.5, 1, 60), 0.5)).as("of a new one").isEqualTo(1.5);
    assertThat(pacer.remaining(last, 1)).isZero();
  }

  @Test
  void howeverManyHaveLeftALongQueueSomethingGoesOutSoon() {
    Pacer pacer = new Pacer(0, 10, 60, 1);
    double[] waiting = new double[500];
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = pacer.take(0, 1, 60);
    }
    for (int i = 1; i < 60; i++) {
      pacer.refused(i, i, false); // down to one in five seconds
    }
    double next = -1;
    for (double place : waiting) {
      if (pacer.remaining(place, 60) > 0) {
        pacer.giveBack(place, 1, 60); // in the order in which they came, as deadlines end
      }
      next = next < 0 ? pacer.take(60, 1, 60) : next; // calls come all the time, and the first that has a chance queues up
    }
    assertThat(next).isNotNegative();
    assertThat(pacer.remaining(next, 60)).as("the wait of the only one, in seconds").isLessThanOrEqualTo(5);
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

  @Test
  void whatIsGivenBackWasNotSent() {
    Pacer pacer = new Pacer(0, 100, 60, 1);
    Pacer without = new Pacer(0, 100, 60, 1);
    for (int i = 0; i < 40; i++) {
      double now = i / 10.0;
      pacer.take(now, 1, 60);
      without.take(now, 1, 60);
      double unused = pacer.take(now, 5, 60);
      pacer.giveBack(unused, 5, now);
    }
    pacer.refused(5, 4, true);
    without.refused(5, 4, true);
    assertThat(secondPlaceAt(5, pacer)).as("the pace is a part of what was sent").isEqualTo(secondPlaceAt(5, without));
    assertThat(secondPlaceAt(5, without)).isGreaterThan(0.1);
  }

  @Test
  void whatWasCountedLongAgoIsTakenBackToo() {
    SendingRate rate = new SendingRate(0);
    rate.sent(0.1, 100);
    assertThat(rate.perSecond(0.6)).isBetween(95.0, 110.0);
    rate.takenBack(0.8, 60);
    assertThat(rate.perSecond(1.1)).isBetween(30.0, 40.0);
    rate.takenBack(1.2, 1e9);
    assertThat(rate.perSecond(1.6)).as("less than nothing was never sent").isZero();
  }

  private static double secondPlaceAt(double now, Pacer pacer) {
    pacer.take(now, 1, 60);
    return pacer.remaining(pacer.take(now, 1, 60), now);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theWaitsOfManyGrowByOneEachAndAreNeverNegative(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Pacer pacer = new Pacer(0, 50, 60, 1);
    double now = 0;
    for (int round = 0; round < 200; round++) {
      now += random.nextDouble() * 3;
      if (random.nextInt(4) == 0) {
        pacer.refused(now, now, true);
      } else {
        pacer.accepted(now, 0, false);
      }
      double first = pacer.take(now, 1, 1e9);
      double second = pacer.take(now, 1, 1e9);
      double third = pacer.take(now, 1, 1e9);
      double one = pacer.remaining(second, now) - pacer.remaining(first, now);
      assertThat(pacer.remaining(first, now)).as("seed %d", seed).isNotNegative();
      assertThat(one).as("seed %d", seed).isPositive();
      assertThat(pacer.remaining(third, now)).as("seed %d: no wait depends on how long another lasts", seed)
          .isCloseTo(pacer.remaining(second, now) + one, within(1e-6));
    }
  }
}
