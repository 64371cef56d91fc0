package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private static final Instant START = Instant.parse("2026-02-03T04:05:06Z");

  private final VirtualTime time = new VirtualTime(START);

  @Test
  void standsStillUntilItIsAdvanced() {
    assertThat(time.wallTime()).isEqualTo(START);
    time.advance(Duration.ofSeconds(90));
    assertThat(time.wallTime()).isEqualTo(START.plusSeconds(90));
    assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(90).toNanos());
  }

  @Test
  void neverGoesBack() {
    assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWaitAdvancesBothClocks() throws InterruptedException {
    time.await(Duration.ofDays(1).toNanos(), () -> false);
    assertThat(time.wallTime()).isEqualTo(START.plus(Duration.ofDays(1)));
    assertThat(time.nanoTime()).isEqualTo(Duration.ofDays(1).toNanos());
  }

  @Test
  void aCancelledWaitTakesNoTime() throws InterruptedException {
    time.await(1_000, () -> true);
    assertThat(time.nanoTime()).isZero();
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.await(1_000, () -> false)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(time.nanoTime()).isZero();
  }
}
