package dev.ossresilience.exchange;

import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Virtual time: the true one, and a host whose wall clock may be wrong. */
final class Clocks implements TimeSource, Waiter {
  private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

  private long nanos;
  private Duration hostError = Duration.ZERO;

  /** What the server's clock says. */
  Instant truth() {
    return START.plusNanos(nanos);
  }

  /** Sets the host's clock wrong by so much; positive is ahead. */
  void setHostWrongBy(Duration error) {
    hostError = error;
  }

  void pass(Duration duration) {
    nanos += duration.toNanos();
  }

  @Override
  public Instant wallTime() {
    return truth().plus(hostError);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void await(long wait, BooleanSupplier cancelled) {
    nanos += wait;
  }
}
