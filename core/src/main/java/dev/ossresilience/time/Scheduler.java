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
   * Runs {@code task}, which never blocks, when something that is under way has taken {@code limit}; nearly always it is cancelled before.
   * Time that is only simulated must not pass for it: what it limits takes real time.
   *
   * @return cancels it, if it hasn't begun
   * @throws RejectedExecutionException if this was shut down
   */
  default Future<?> limit(Runnable task, Duration limit) {
    return schedule(task, limit);
  }

  /**
   * Runs {@code task} soon: it may block for a moment, as signing may or reading a body again.
   *
   * @throws RejectedExecutionException if this was shut down
   */
  void execute(Runnable task);

  /**
   * Runs {@code task} soon: it may block for as long as it takes to fetch other credentials. Others of its kind may have to wait for it,
   * but nothing else.
   *
   * @throws RejectedExecutionException if this was shut down
   */
  default void fetch(Runnable task) {
    execute(task);
  }

  /**
   * One daemon thread that waits, one that works, and one that fetches credentials which OSS has refused; each started when it is needed
   * and ended when it no longer is.
   */
  static Scheduler system() {
    return new DaemonScheduler();
  }

  /**
   * Uses {@code executor} for everything. It should have two threads at least, so that a slow fetch of credentials doesn't hold up the rest.
   * Whoever owns it shuts it down, after the last call: what waits while {@code shutdownNow} is called never ends.
   */
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
