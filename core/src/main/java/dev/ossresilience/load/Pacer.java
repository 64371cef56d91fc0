package dev.ossresilience.load;

/**
 * Keeps what is sent into one scope of OSS's limits at the pace that OSS has shown to allow. Whoever wants to send gets the next free slot:
 * first come, first served, and no wait depends on another's end. Thread-safe; its lock is held for some arithmetic.
 */
final class Pacer {
  /** What is left of the rate after a refusal, as CUBIC has it. */
  private static final double BETA = 0.7;

  /** How much is sent, in units, on the way back to what was too much: so that seldom more than one in thirty is refused. */
  private static final double UNITS_BACK = 30;

  /** A limit is looked for again soon enough after it has been raised, and not so often that a fleet is always over it; in seconds. */
  private static final double LEAST_SECONDS_BACK = 5;

  private static final double MOST_SECONDS_BACK = 30;

  /** As long as nothing was refused for so long, and the pace has outgrown what is sent, nothing needs to be paced; in seconds. */
  private static final double CALM_SECONDS = 60;

  private final double unit;
  private final CubicRate cubic = new CubicRate(BETA, 1);
  private final SendingRate sending;
  private double rate;
  private double nextFree;
  private double lastRefusal = Double.NEGATIVE_INFINITY;

  /**
   * A pacer for a scope in which something was refused at {@code now}, after {@code rate} was sent per second.
   *
   * @param unit what one request amounts to, at least
   */
  Pacer(double now, double rate, double unit) {
    this.unit = unit;
    this.sending = new SendingRate(now);
    this.nextFree = now;
    this.rate = Math.max(unit, rate);
  }

  /**
   * Takes the next slot.
   *
   * @param amount in the scope's units
   * @param atMost the longest wait that is of use, in seconds
   * @return how long to wait for it, in seconds; negative if that is too long, and nothing was taken
   */
  synchronized double reserve(double now, double amount, double atMost) {
    double wait = Math.max(0, nextFree - now);
    if (wait > atMost) {
      return -1;
    }
    nextFree = Math.max(nextFree, now) + amount / rate;
    sending.sent(now + wait, amount);
    return wait;
  }

  /** Something that was sent at {@code sentAt} was refused. What was sent before the pace was slowed says nothing of the pace since. */
  synchronized void refused(double now, double sentAt) {
    if (sentAt < lastRefusal) {
      return;
    }
    double measured = sending.perSecond(now);
    double tooMuch = Math.max(unit / MOST_SECONDS_BACK, measured > 0 ? Math.min(measured, rate) : rate);
    double back = Math.min(MOST_SECONDS_BACK, Math.max(LEAST_SECONDS_BACK, UNITS_BACK * unit / tooMuch));
    cubic.refusedAt(now, tooMuch, back);
    lastRefusal = now;
    rate = cubic.afterRefusal();
  }

  /**
   * Something was not refused.
   *
   * @param more what it amounted to beyond what was reserved for it: whoever comes next waits for that
   */
  synchronized void accepted(double now, double more) {
    if (more > 0) {
      nextFree = Math.max(nextFree, now) + more / rate;
      sending.sent(now, more);
    }
    double measured = sending.perSecond(now);
    double allowed = cubic.at(now);
    rate = Math.max(rate, Math.min(allowed, Math.max(2 * measured, unit)));
  }

  /** Whether it no longer makes a difference. */
  synchronized boolean isIdle(double now) {
    return now - lastRefusal > CALM_SECONDS && (nextFree <= now || rate > 2 * sending.perSecond(now));
  }
}
