package dev.ossresilience.load;

/**
 * How much was sent per second lately: over the last half second or so as far as that can't be chance, and over the last ten seconds for
 * whoever sends little. Times are in seconds of any clock. Not thread-safe.
 */
final class SendingRate {
  private static final double WINDOWS_PER_SECOND = 2;
  private static final double SMOOTHING = 0.8;

  /** Within it what was sent fades to a third; in seconds. Long enough for some dozens of requests of a client that sends few. */
  private static final double FADING = 10;

  /** A rate over less than this is none yet; in seconds. */
  private static final double SHORTEST = 1;

  private final double begun;
  private double window;
  private double inWindow;
  private long requestsInWindow;
  private double rate;
  private double requests;
  private double faded;

  /** Begins at {@code now} with nothing sent. */
  SendingRate(double now) {
    begun = now;
    window = windowOf(now);
  }

  /** When the window began that {@code now} is in. */
  static double windowOf(double now) {
    return Math.floor(now * WINDOWS_PER_SECOND) / WINDOWS_PER_SECOND;
  }

  void sent(double now, double amount) {
    sent(now, amount, 1);
  }

  void sent(double now, double amount, long many) {
    close(now);
    inWindow += amount;
    requestsInWindow += many;
  }

  /** What was counted isn't sent after all. */
  void takenBack(double now, double amount) {
    close(now);
    inWindow -= amount; // below zero, if an earlier window has counted it
    requestsInWindow--;
  }

  /** What was sent per second before {@code now}. */
  double perSecond(double now) {
    close(now);
    double lately = requests > 2 ? rate * (1 - Math.sqrt(2 / requests)) : 0; // two standard deviations of half a second's requests
    double time = Math.max(SHORTEST, now - begun);
    double longer = Math.max(0, faded + inWindow) / (FADING * -Math.expm1(-time / FADING));
    return Math.max(lately, longer);
  }

  private void close(double now) {
    double current = windowOf(now);
    if (current > window) {
      double newer = SMOOTHING / (current - window);
      rate = Math.max(0, inWindow * newer + rate * (1 - SMOOTHING));
      requests = Math.max(0, requestsInWindow * newer + requests * (1 - SMOOTHING));
      faded = Math.max(0, faded + inWindow) * Math.exp((window - current) / FADING);
      inWindow = 0;
      requestsInWindow = 0;
      window = current;
    }
  }
}
