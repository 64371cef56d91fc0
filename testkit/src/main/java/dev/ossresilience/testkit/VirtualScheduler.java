package dev.ossresilience.testkit;

import dev.ossresilience.time.Scheduler;
import dev.ossresilience.time.Waiter;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets time pass for calls that hold no thread, in the way of a {@link Waiter}: what is scheduled waits with it, one after the other, while
 * nothing is executed. What is executed runs at once, whatever else does: some tests let calls wait for each other there. Thread-safe.
 */
public final class VirtualScheduler implements Scheduler {
  /** The threads need not outlive their test by much. */
  private static final long IDLE_SECONDS = 1;

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final Waiter waiter;
  private final ThreadPoolExecutor timer = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), VirtualScheduler::daemon);
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), VirtualScheduler::daemon);
  private final AtomicInteger executing = new AtomicInteger();

  /** Waits with {@code waiter}, for example {@link VirtualTime}. */
  public VirtualScheduler(Waiter waiter) {
    this.waiter = waiter;
    timer.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "virtual-scheduler");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Future<?> schedule(Runnable task, Duration delay) {
    FutureTask<?> future = new FutureTask<>(task, null);
    if (delay.isZero()) {
      execute(future);
    } else {
      timer.execute(() -> pass(future, delay));
    }
    return future;
  }

  /** In real time, for it limits what happens on real connections. */
  @Override
  public Future<?> limit(Runnable task, Duration limit) {
    FutureTask<?> future = new FutureTask<>(task, null);
    workers.execute(() -> {
      try {
        future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        future.run();
      } catch (CancellationException | ExecutionException e) {
        // it was not needed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    return future;
  }

  private void pass(FutureTask<?> task, Duration delay) {
    while (executing.get() > 0 && !task.isCancelled()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS); // what is executed may be what makes this wait needless
    }
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
    executing.incrementAndGet();
    workers.execute(
        () -> {
          try {
            task.run();
          } finally {
            executing.decrementAndGet();
          }
        });
  }
}
