package dev.ossresilience.testkit.limit;

/**
 * So many units per second, and one second's worth at once. Kept as the moment until which all that was taken is paid for, which
 * needs no fractions of units. Not thread-safe.
 */
public final class TokenBucket {
  private static final long SECOND = 1_000_000_000;

  /** 73 years: more than any one body can cost, and with one more body on top of it still a long. */
  private static final long MAX_USED = Long.MAX_VALUE / 4;

  private long perSecond;
  private long paidFrom;

  /**
   * A full one.
   *
   * @param now in nanoseconds, as everywhere in this class
   */
  public TokenBucket(long perSecond, long now) {
    this.perSecond = perSecond;
    this.paidFrom = now;
  }

  /** From now on so many units per second; what is left or owed stays the same part of a second's worth. */
  public void changeTo(long unitsPerSecond) {
    perSecond = unitsPerSecond;
  }

  /** Whether so many units are left; of more than the whole bucket holds, whether it is full. */
  public boolean has(long units, long now) {
    return used(now) + Math.min(cost(units), SECOND) <= SECOND;
  }

  /** Takes them, more than there are if need be; a debt of decades grows no more. */
  public void take(long units, long now) {
    paidFrom = now + Math.min(used(now) + cost(units), MAX_USED);
  }

  /** How long it takes until nothing is owed any more. */
  public long debtNanos(long now) {
    return Math.max(0, used(now) - SECOND);
  }

  private long used(long now) {
    return Math.max(0, paidFrom - now);
  }

  /** What fits a body, 2^31 bytes, times a second's nanoseconds fits a long. */
  private long cost(long units) {
    return units * SECOND / perSecond;
  }
}
