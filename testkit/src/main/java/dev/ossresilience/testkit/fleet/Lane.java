package dev.ossresilience.testkit.fleet;

import java.util.Arrays;

/** Events that all happen equally long after their entry, and so in the order of entry: most are such, and a heap would cost more. */
final class Lane {
  private final long delay;
  private int first;
  private int size;
  private long[] times = new long[1024];
  private long[] order = new long[1024];
  private Runnable[] events = new Runnable[1024];

  Lane(long delay) {
    this.delay = delay;
  }

  void add(long now, long number, Runnable event) {
    if (size == times.length) {
      grow();
    }
    int place = (first + size++) & (times.length - 1);
    times[place] = now + delay;
    order[place] = number;
    events[place] = event;
  }

  private void grow() {
    int length = times.length;
    times = Arrays.copyOf(times, length * 2);
    order = Arrays.copyOf(order, length * 2);
    events = Arrays.copyOf(events, length * 2);
    System.arraycopy(times, 0, times, length, first);
    System.arraycopy(order, 0, order, length, first);
    System.arraycopy(events, 0, events, length, first);
  }

  /** Lets go of what has happened. */
  void forget() {
    events = new Runnable[times.length];
  }

  boolean isEmpty() {
    return size == 0;
  }

  long time() {
    return times[first];
  }

  long order() {
    return order[first];
  }

  Runnable poll() {
    Runnable event = events[first];
    first = (first + 1) & (times.length - 1);
    size--;
    return event;
  }
}
