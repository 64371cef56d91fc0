package dev.ossresilience.load;

/** How much was sent per second lately: smoothed over windows of half a second. Times are in seconds of any clock. Not thread-safe. */
final class SendingRate {
  private static final double WINDOWS_PER_SECOND = 2;
  private static final double SMOOTHING = 0.8;

  private double window;
  private double inWindow;
  private double rate;

  /** Begins at {@code now} with nothing sent. */
  SendingRate(double now) {
    window = windowOf(now);
  }

  private static double windowOf(double now) {
    return Math.floor(now * WINDOWS_PER_SECOND) / WINDOWS_PER_SECOND;
  }

  void sent(double now, double amount) {
    inWindow += amount;
    perSecond(now);
  }

  /** What was sent per second before {@code now}. */
  double perSecond(double now) {
    double current = windowOf(now);
    if (current > window) {
      rate = inWindow / (current - window) * SMOOTHING + rate * (1 - SMOOTHING);
      inWindow = 0;
      window = current;
    }
    return rate;
  }
}
