package dev.ossresilience.load;

import java.util.concurrent.atomic.LongAdder;

/** A {@link SendingRate} that many threads count into: without a lock, except when a window of it is over. Thread-safe. */
final class Meter {
  private final SendingRate rate;
  private final LongAdder amounts = new LongAdder();
  private final LongAdder requests = new LongAdder();

  /** What has been added since belongs to it. */
  private volatile double window;

  Meter(double now) {
    rate = new SendingRate(now);
    window = SendingRate.windowOf(now);
  }

  void sent(double now, long amount) {
    if (SendingRate.windowOf(now) > window) {
      close(now);
    }
    amounts.add(amount);
    requests.increment();
  }

  synchronized double perSecond(double now) {
    close(now);
    return rate.perSecond(now);
  }

  private synchronized void close(double now) {
    rate.sent(window, (double) amounts.sumThenReset(), requests.sumThenReset());
    window = Math.max(window, SendingRate.windowOf(now));
  }
}
