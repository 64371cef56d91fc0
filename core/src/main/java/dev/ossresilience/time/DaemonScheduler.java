package dev.ossresilience.time;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread of each kind, which come and go with the work, so that nobody need close this. */
final class DaemonScheduler implements Scheduler {
  /** How long an idle thread stays: long enough for a burst of failures, short enough for a program that is done with OSS. */
  private static final long IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("oss-resilience-timer"));
  private final ThreadPoolExecutor worker = thread("oss-resilience-worker");
  private final ThreadPoolExecutor fetcher = thread("oss-resilience-credentials");

  DaemonScheduler() {
    timer.setRemoveOnCancelPolicy(true); // a cancelled call is not to be kept for as long as it would have waited
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  private static ThreadPoolExecutor thread(String name) {
    ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    thread.allowCoreThreadTimeOut(true);
    return thread;
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

  @Override
  public void fetch(Runnable task) {
    fetcher.execute(task);
  }
}
