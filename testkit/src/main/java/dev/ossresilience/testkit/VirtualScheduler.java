package dev.ossresilience.testkit;

import dev.ossresilience.time.Scheduler;
import dev.ossresilience.time.Waiter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets time pass for calls that hold no thread, in the way of a {@link Waiter}: what is scheduled waits with it, on the one thread there is,
 * once there is nothing else to do. Thread-safe.
 */
public final class VirtualScheduler implements Scheduler {
  /** The thread need not outlive its test by much. */
  private static final long IDLE_SECONDS = 1;

  private final Waiter waiter;
  private final ThreadPoolExecutor thread;

  /** How many of the tasks in the queue are waits. */
  private final AtomicInteger waits = new AtomicInteger();

  /** Waits with {@code waiter}, for example {@link VirtualTime}. */
  public VirtualScheduler(Waiter waiter) {
    this.waiter = waiter;
    this.thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
      Thread daemon = new Thread(task, "virtual-scheduler");
      daemon.setDaemon(true);
      return daemon;
    });
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public Future<?> schedule(Runnable task, Duration delay) {
    FutureTask<?> future = new FutureTask<>(task, null);
    queue(future, delay);
    return future;
  }

  private void queue(FutureTask<?> task, Duration delay) {
    waits.incrementAndGet();
    thread.execute(
        () -> {
          waits.decrementAndGet();
          if (thread.getQueue().size() > waits.get() && !task.isCancelled()) {
            queue(task, delay); // what is ready goes first: it may be what makes this wait needless
          } else {
            pass(task, delay);
          }
        });
  }

  private void pass(FutureTask<?> task, Duration delay) {
    if (task.isCancelled()) {
      return;
    }
    try {
      waiter.await(delay.toNanos(), task::isCancelled);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    task.run(); // does nothing if it was cancelled meanwhile
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }
}
