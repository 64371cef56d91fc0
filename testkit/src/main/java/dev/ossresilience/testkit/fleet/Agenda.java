package dev.ossresilience.testkit.fleet;

import dev.ossresilience.time.Scheduler;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What will happen when, and the clock, which jumps from event to event. What is due at the same time goes in the order of entry. */
final class Agenda implements TimeSource, Scheduler, Waiter {
  private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

  private final EventHeap heap = new EventHeap();
  private final List<Lane> lanes = new ArrayList<>();
  private long now;
  private long entered;

  /** For events that happen {@code delay} nanoseconds after they are entered. */
  Lane lane(long delay) {
    Lane lane = new Lane(delay);
    lanes.add(lane);
    return lane;
  }

  /** Has something happen after that lane's delay. */
  void in(Lane lane, Runnable event) {
    lane.add(now, entered++, event);
  }

  /** Has something happen {@code delay} nanoseconds from now, at once if that is negative. */
  void in(long delay, Runnable event) {
    at(now + Math.max(0, delay), event);
  }

  /** Has something happen at {@code time}, in nanoseconds since the start, not before now. */
  void at(long time, Runnable event) {
    heap.add(time, entered++, event);
  }

  /** Lets everything happen until nothing more will. */
  void run() {
    for (Runnable event = next(); event != null; event = next()) {
      event.run();
    }
    heap.forget(); // an outcome outlives its fleet by far, and needs the time alone
    lanes.forEach(Lane::forget);
  }

  private @Nullable Runnable next() {
    long time = heap.isEmpty() ? Long.MAX_VALUE : heap.time();
    long order = heap.isEmpty() ? Long.MAX_VALUE : heap.order();
    Lane first = null;
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      if (!lane.isEmpty() && (lane.time() < time || (lane.time() == time && lane.order() < order))) {
        first = lane;
        time = lane.time();
        order = lane.order();
      }
    }
    if (first == null && heap.isEmpty()) {
      return null;
    }
    now = time;
    return first == null ? heap.poll() : first.poll();
  }

  @Override
  public Instant wallTime() {
    return START.plusNanos(now);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Future<?> schedule(Runnable task, Duration delay) {
    FutureTask<?> future = new FutureTask<>(task, null);
    in(delay.toNanos(), future);
    return future;
  }

  @Override
  public void execute(Runnable task) {
    in(0, task);
  }

  @Override
  public void await(long nanos, BooleanSupplier cancelled) {
    throw new UnsupportedOperationException("a fleet has no threads that could wait");
  }
}
