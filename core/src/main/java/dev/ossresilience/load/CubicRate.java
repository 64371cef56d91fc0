package dev.ossresilience.load;

/**
 * The rate that CUBIC congestion control allows: after a refusal a part of what was too much, then back to it along a cubic curve, flat
 * where the limit was met the last time and steeper the longer nothing is refused. Times are in seconds of any clock. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9438">RFC 9438</a>
 */
final class CubicRate {
  private final double beta;
  private double scale;
  private double lastMax;
  private double lastThrottle;
  private double window;

  /**
   * A rate that was just found to be too much.
   *
   * @param beta what is left of it after a refusal, between 0 and 1
   * @param scale how steep the curve is, in units per second to the fourth
   */
  CubicRate(double beta, double scale) {
    this.beta = beta;
    this.scale = scale;
  }

  /** A curve that begins below what was too much by the part {@code share} of it. */
  CubicRate(double share) {
    this(1 - share, 1);
  }

  /** Begins the curve anew: at {@code now} so much was too much. */
  void refusedAt(double now, double rate) {
    lastMax = rate;
    lastThrottle = now;
    window = Math.cbrt(lastMax * (1 - beta) / scale);
  }

  /** The same with a curve that takes so many seconds to come back to the rate that was too much. */
  void refusedAt(double now, double rate, double seconds) {
    scale = rate * (1 - beta) / (seconds * seconds * seconds);
    refusedAt(now, rate);
  }

  /** What is allowed right after a refusal. */
  double afterRefusal() {
    return lastMax * beta;
  }

  /** What is allowed at {@code now}, if nothing was refused since. */
  double at(double now) {
    double t = now - lastThrottle - window;
    return scale * t * t * t + lastMax;
  }
}
