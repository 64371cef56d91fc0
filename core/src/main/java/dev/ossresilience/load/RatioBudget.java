package dev.ossresilience.load;

import dev.ossresilience.time.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets the repetitions of the last ten seconds be a part of the calls of the last ten seconds: who sends much may repeat much, so that a
 * hundred connections that break at the same time are no disaster, and a thousand clients that send little may repeat little.
 */
final class RatioBudget implements RetryBudget {
  private static final int SECONDS = 10;

  private final TimeSource time;
  private final double ratio;
  private final int least;
  private final long[] calls = new long[SECONDS];
  private final long[] repetitions = new long[SECONDS];

  /** In the present second, and not among the others yet: many threads count them without a lock. */
  private final LongAdder begun = new LongAdder();

  private long allCalls;
  private long allRepetitions;
  private volatile long second;

  RatioBudget(double ratio, int least, TimeSource time) {
    this.time = time;
    this.ratio = ratio;
    this.least = least;
    this.second = secondOfNow();
  }

  private long secondOfNow() {
    return Math.floorDiv(time.nanoTime(), TimeUnit.SECONDS.toNanos(1));
  }

  /** Counts what has begun, and forgets what is older than the window; gives the index of the present second. */
  private synchronized int present() {
    long fresh = begun.sumThenReset();
    calls[index(second)] += fresh;
    allCalls += fresh;
    long now = secondOfNow();
    for (long s = Math.max(second + 1, now - SECONDS + 1); s <= now; s++) {
      int i = index(s);
      allCalls -= calls[i];
      allRepetitions -= repetitions[i];
      calls[i] = 0;
      repetitions[i] = 0;
    }
    second = Math.max(second, now);
    return index(second);
  }

  private static int index(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }

  @Override
  public void began() {
    if (secondOfNow() > second) {
      present();
    }
    begun.increment();
  }

  @Override
  public synchronized int take(boolean throttled) {
    int present = present();
    if (allRepetitions + 1 > least + ratio * allCalls) {
      return -1;
    }
    repetitions[present]++;
    allRepetitions++;
    return 1;
  }

  @Override
  public synchronized void unused(int cost) {
    present();
    for (long s = second - SECONDS + 1; s <= second; s++) { // nobody knows when it was taken: from the oldest, which is forgotten first
      int i = index(s);
      if (repetitions[i] > 0) {
        repetitions[i]--;
        allRepetitions--;
        return;
      }
    }
  }

  @Override
  public void succeeded(int cost) {}

  @Override
  public synchronized double repetitionsLeft() {
    present();
    return Math.max(0, Math.floor(least + ratio * allCalls - allRepetitions));
  }

  @Override
  public synchronized String toString() {
    present();
    return "ratio[" + allRepetitions + " repetitions of " + allCalls + " calls in " + SECONDS + " s]";
  }
}
