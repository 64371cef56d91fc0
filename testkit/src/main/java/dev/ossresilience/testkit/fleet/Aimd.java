package dev.ossresilience.testkit.fleet;

import java.util.SplittableRandom;

/**
 * Finds its own pace: 70 % of it after a failure, at most once a second, and a little more after each success. Until the first failure it
 * sends without a pace; then it begins with 70 % of what it sent lately.
 */
final class Aimd implements Baseline {
  private static final double SECOND = 1e9;

  /** Requests per second: below it nothing would be learnt for too long. */
  private static final double SLOWEST = 0.2;

  /** Requests per second that each success adds. */
  private static final double INCREASE = 1;

  /** What a failure leaves of the pace. */
  private static final double DECREASE = 0.7;

  /** A call that would wait for longer is given up. */
  private static final double PATIENCE = SECOND;

  private double pace = Double.POSITIVE_INFINITY;
  private double sentLately;
  private double countedAt;
  private double nextSlot;
  private double loweredAt = -2 * SECOND;

  @Override
  public long pace(long now) {
    double slot = Math.max((double) now, nextSlot);
    if (slot - now > PATIENCE) {
      return GIVE_UP;
    }
    sentLately = lately(now) + 1;
    countedAt = now;
    nextSlot = slot + SECOND / pace;
    return (long) (slot - now);
  }

  /** Requests of the last few seconds, older ones fading, so that it is about twice as many as are sent per second. */
  private double lately(long now) {
    return sentLately * Math.exp((countedAt - now) / (2 * SECOND));
  }

  @Override
  public long afterFailure(int attempts, Failure failure, long now, SplittableRandom random) {
    if (now - loweredAt > SECOND) {
      pace = Math.max(SLOWEST, Math.min(pace, lately(now) / 2) * DECREASE);
      loweredAt = now;
    }
    return attempts < 5 ? Baselines.jittered(50_000_000, attempts - 1, random) : GIVE_UP;
  }

  @Override
  public void succeeded(int attempts, long now) {
    pace += INCREASE;
  }
}
