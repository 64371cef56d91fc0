package dev.ossresilience.time;

import java.time.Instant;

/**
 * The two clocks the core reads: a wall clock, which signatures need and which may be wrong or jump, and a monotonic one, which
 * deadlines and delays are measured with. Implementations are thread-safe.
 */
public interface TimeSource {
  /** The local wall clock, uncorrected. */
  Instant wallTime();

  /** Nanoseconds of a clock that never jumps; only differences mean anything. */
  long nanoTime();

  /** The clocks of this machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
