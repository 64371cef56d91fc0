package dev.ossresilience.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs what calls do while they hold no thread: their waits' ends, and what may block for a moment between two attempts. Injected, so that
 * tests can wait in virtual time. Thread-safe.
 */
public interface Scheduler {
  /**
   * Runs {@code task}, which never blocks, after {@code delay}.
   *
   * @return cancels it, if it hasn't begun
   * @throws RejectedExecutionException if this was shut down
   */
  Future<?> schedule(Runnable task, Duration delay);

  /**
   * Runs {@code task} soon: it may block while credentials are fetched or a body is read again.
   *
   * @throws RejectedExecutionException if this was shut down
   */
  void execute(Runnable task);

  /** One daemon thread that waits and one that works, both started when they are needed and ended when they no longer are. */
  static Scheduler system() {
    return new DaemonScheduler();
  }

  /** Uses {@code executor} for both; whoever owns it shuts it down, after the last call. */
  static Scheduler of(ScheduledExecutorService executor) {
    return new Scheduler() {
      @Override
      public Future<?> schedule(Runnable task, Duration delay) {
        return executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      }

      @Override
      public void execute(Runnable task) {
        executor.execute(task);
      }
    };
  }
}
