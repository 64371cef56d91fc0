package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private final Latency latency = new Latency();
  private double now;

  private void usual(double seconds) {
    latency.usual(now++, seconds);
  }

  @Test
  void theSecondQuickestAnswerSoFarStandsForTheUsualAsLongAsThatIsUnknown() {
    assertThat(latency.isUnusual(2)).isFalse();
    assertThat(latency.isUnusual(0.2)).isFalse();
    assertThat(latency.isUnusual(2)).as("0.2 may be chance").isFalse();
    assertThat(latency.isUnusual(0.3)).isFalse();
    assertThat(latency.isUnusual(2)).isTrue();
    latency.usual(1, 1);
    assertThat(latency.isUnusual(2)).isFalse();
  }

  @Test
  void threeTimesTheUsualAndATenthOfASecondIsNotUnusualYet() {
    usual(0.5);
    assertThat(latency.isUnusual(1.59)).isFalse();
    assertThat(latency.isUnusual(1.61)).isTrue();
  }

  @Test
  void itFollowsWhatIsUsual() {
    usual(0.01);
    for (int i = 0; i < 1000; i++) {
      usual(2);
    }
    assertThat(latency.isUnusual(6)).isFalse();
  }

  @Test
  void someLateAnswersBeforeAnOutageDoNotMakeLatenessUsual() {
    for (int i = 0; i < 100; i++) {
      usual(0.01);
    }
    for (int i = 0; i < 5; i++) {
      usual(1);
    }
    assertThat(latency.isUnusual(0.3)).isTrue();
  }

  @Test
  void ofAnswersInTheSameMillisecondOneIsLookedAt() {
    latency.usual(1, 0.01);
    for (int i = 0; i < 1000; i++) {
      latency.usual(1.0005, 2);
    }
    assertThat(latency.isUnusual(0.2)).isTrue();
  }
}
