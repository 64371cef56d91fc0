package dev.ossresilience.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Two threads at most, which come and go with the work, so that nobody need close this. */
final class DaemonScheduler implements Scheduler {
  /** How long an idle thread stays: long enough for a burst of failures, short enough for a program that is done with OSS. */
  private static final long IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("oss-resilience-timer"));
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("oss-resilience-worker"));

  DaemonScheduler() {
    timer.setRemoveOnCancelPolicy(true); // a cancelled call is not to be kept for as long as it would have waited
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    worker.allowCoreThreadTimeOut(true);
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public Future<?> schedule(Runnable task, Duration delay) {
    return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void execute(Runnable task) {
    worker.execute(task);
  }
}
