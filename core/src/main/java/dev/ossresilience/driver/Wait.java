package dev.ossresilience.driver;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A time during which nothing is under way but a timer or a fetch of credentials; ended once, by one of them or by a cancellation. */
final class Wait {
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Future<?> timer;
  private volatile @Nullable Future<?> fetch;

  void endsBy(Future<?> future) {
    timer = future;
    cancelIfOver(future);
  }

  void endsByFetch(Future<?> future) {
    fetch = future;
    cancelIfOver(future);
  }

  private void cancelIfOver(Future<?> future) {
    if (over.get()) {
      future.cancel(false);
    }
  }

  boolean isOver() {
    return over.get();
  }

  /** Whether this call was the one that ended it. */
  boolean take() {
    boolean first = over.compareAndSet(false, true);
    if (first && timer != null) {
      timer.cancel(false);
    }
    return first;
  }

  /** As {@link #take}, and lets whoever fetches credentials stop: nobody waits for them any more. */
  boolean giveUp() {
    boolean first = take();
    if (first && fetch != null) {
      fetch.cancel(true);
    }
    return first;
  }
}
