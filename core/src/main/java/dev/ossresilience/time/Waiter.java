package dev.ossresilience.time;

import java.util.function.BooleanSupplier;

/** Blocks the calling thread between two attempts. Injected, so that tests can wait in virtual time. Thread-safe. */
public interface Waiter {
  /**
   * Returns after {@code nanos} nanoseconds, or within 20 ms of {@code cancelled} turning true, whichever comes first.
   *
   * @throws InterruptedException if the thread is interrupted; its interrupt flag is then clear
   */
  void await(long nanos, BooleanSupplier cancelled) throws InterruptedException;

  /** Waits in real time on the calling thread, without a thread of its own. */
  static Waiter system() {
    return SystemTime.INSTANCE;
  }
}
