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
}
