package dev.ossresilience.load;

import dev.ossresilience.time.TimeSource;
import java.util.concurrent.TimeUnit;

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
  private long allCalls;
  private long allRepetitions;
  private long second;

  RatioBudget(double ratio, int least, TimeSource time) {
    this.time = time;
    this.ratio = ratio;
    this.least = least;
    this.second = second();
  }

  private long second() {
    return Math.floorDiv(time.nanoTime(), TimeUnit.SECONDS.toNanos(1));
  }

  /** Forgets what is older than the window; gives the index of the present second. */
  private int present() {
    long now = second();
    for (long s = Math.max(second + 1, now - SECONDS + 1); s <= now; s++) {
      int i = (int) Math.floorMod(s, (long) SECONDS);
      allCalls -= calls[i];
      allRepetitions -= repetitions[i];
      calls[i] = 0;
      repetitions[i] = 0;
    }
    second = Math.max(second, now);
    return (int) Math.floorMod(second, (long) SECONDS);
  }

  @Override
  public synchronized void began() {
    calls[present()]++;
    allCalls++;
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
  public void succeeded(int cost) {}

  @Override
  public synchronized double repetitionsLeft() {
    present();
    return Math.max(0, Math.floor(least + ratio * allCalls - allRepetitions));
  }

  @Override
  public synchronized String toString() {
    return "ratio[" + allRepetitions + " repetitions of " + allCalls + " calls in " + SECONDS + " s]";
  }
}
