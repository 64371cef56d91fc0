package dev.ossresilience.testkit;

import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Time that passes only when it is told to, or when somebody waits: a wait moves it forward and returns at once. Thread-safe. */
public final class VirtualTime implements TimeSource, Waiter {
  /** Some moment of no meaning, the same in every run, far from the turn of a day so that short waits don't change a signing date. */
  private static final Instant DEFAULT_START = Instant.parse("2026-01-15T12:00:00Z");

  private final Instant start;
  private final AtomicLong elapsedNanos = new AtomicLong();

  /** Starts at noon UTC of a fixed day. */
  public VirtualTime() {
    this(DEFAULT_START);
  }

  /** Starts at {@code start}. */
  public VirtualTime(Instant start) {
    this.start = Objects.requireNonNull(start, "start");
  }

  /**
   * Moves both clocks forward.
   *
   * @throws IllegalArgumentException if {@code duration} is negative: a monotonic clock can't go back
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration must not be negative: " + duration);
    }
    elapsedNanos.addAndGet(duration.toNanos());
  }

  @Override
  public Instant wallTime() {
    return start.plusNanos(elapsedNanos.get());
  }

  @Override
  public long nanoTime() {
    return elapsedNanos.get();
  }

  @Override
  public void await(long nanos, BooleanSupplier cancelled) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a virtual wait of " + nanos + " ns");
    }
    if (nanos > 0 && !cancelled.getAsBoolean()) {
      elapsedNanos.addAndGet(nanos);
    }
  }

  @Override
  public String toString() {
    return "VirtualTime[" + wallTime() + "]";
  }
}
