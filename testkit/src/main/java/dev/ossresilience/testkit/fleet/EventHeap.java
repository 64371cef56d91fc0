package dev.ossresilience.testkit.fleet;

import java.util.Arrays;

/** A binary heap of events by time, and by number where the times are equal. */
final class EventHeap {
  private int size;
  private long[] times = new long[1024];
  private long[] order = new long[1024];
  private Runnable[] events = new Runnable[1024];

  /** The number is greater than those of all events added before. */
  void add(long time, long number, Runnable event) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      order = Arrays.copyOf(order, size * 2);
      events = Arrays.copyOf(events, size * 2);
    }
    int hole = size++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (times[parent] <= time) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, number, event);
  }

  /** Lets go of what has happened. */
  void forget() {
    events = new Runnable[times.length];
  }

  boolean isEmpty() {
    return size == 0;
  }

  long time() {
    return times[0];
  }

  long order() {
    return order[0];
  }

  Runnable poll() {
    Runnable first = events[0];
    int last = --size;
    long time = times[last];
    long number = order[last];
    Runnable event = events[last];
    int hole = 0;
    for (int child = 1; child < last; child = 2 * hole + 1) {
      if (child + 1 < last && isBefore(child + 1, times[child], order[child])) {
        child++;
      }
      if (!isBefore(child, time, number)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, number, event);
    return first;
  }

  private boolean isBefore(int place, long time, long number) {
    return times[place] < time || (times[place] == time && order[place] < number);
  }

  private void move(int from, int to) {
    put(to, times[from], order[from], events[from]);
  }

  private void put(int place, long time, long number, Runnable event) {
    times[place] = time;
    order[place] = number;
    events[place] = event;
  }
}
