package dev.ossresilience.load;

import dev.ossresilience.time.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets the repetitions of the last ten seconds be a part of the calls of the last ten seconds: who sends much may repeat much, so that ten
 * connections in a hundred that break at the same time are no disaster, and a thousand clients that send little may repeat little. Who sends so
 * little that no repetition comes of it has a reserve, which comes back with successes: ten thousand such clients would else keep a server
 * down by what each of them takes for bad luck.
 */
final class RatioBudget implements RetryBudget {
  private static final int SECONDS = 10;

  /** The reserve also comes back by one in so long: a program that runs once an hour isn't to pay for what went wrong an hour ago. */
  private static final double RESERVE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** All that is in flight when a limit is first met is refused at once; a limit that OSS names is kept by pacing, not by failing. */
  private static final double OF_REFUSED = 1;

  private static final int OF_CALLS = 1;
  private static final int OF_RESERVE = 2;

  private final TimeSource time;
  private final double ratio;
  private final int most;
  private final long[] calls = new long[SECONDS];
  private final long[] repetitions = new long[SECONDS];

  /** In the present second, and not among the others yet: many threads count them without a lock. */
  private final LongAdder begun = new LongAdder();

  private long allCalls;
  private long allRepetitions;
  private volatile long second;
  private volatile double reserve;
  private long refilledNanos;

  RatioBudget(double ratio, int reserve, TimeSource time) {
    this.time = time;
    this.ratio = ratio;
    this.most = reserve;
    this.reserve = reserve;
    this.refilledNanos = time.nanoTime();
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

  private synchronized void refill(double more) {
    long now = time.nanoTime();
    reserve = Math.min(most, reserve + more + (now - refilledNanos) / RESERVE_NANOS);
    refilledNanos = now;
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
    if (allRepetitions + 1 <= (throttled ? OF_REFUSED : ratio) * allCalls) {
      repetitions[present]++;
      allRepetitions++;
      return OF_CALLS;
    }
    refill(0);
    if (reserve < 1) {
      return -1;
    }
    reserve--;
    return OF_RESERVE;
  }

  @Override
  public synchronized void unused(int cost) {
    present();
    if (cost == OF_RESERVE) {
      refill(1);
      return;
    }
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
  public void succeeded(int cost) {
    if (reserve < most) { // full most of the time: nothing is written
      refill(ratio);
    }
  }

  @Override
  public synchronized double repetitionsLeft() {
    present();
    refill(0);
    return Math.max(0, Math.floor(ratio * allCalls - allRepetitions)) + Math.floor(reserve);
  }

  @Override
  public synchronized String toString() {
    present();
    return "ratio[" + allRepetitions + " repetitions of " + allCalls + " calls in " + SECONDS + " s, and a reserve of " + (int) reserve + "]";
  }
}
