package dev.ossresilience.load;

/** How long answers take while nothing is refused, so that a server that begins to queue can be told. In seconds. Thread-safe. */
final class Latency {
  /** Of each answer in the average: about the last twenty count. */
  private static final double WEIGHT = 0.05;

  /** So many times the usual is not the size of the request or bad luck any more... */
  private static final double UNUSUAL = 3;

  /** ...if it is more than this besides: a longer way through the network, a pause of this machine. */
  private static final double NOISE = 0.1;

  /** Of answers that come faster than this one after the other some are enough: all threads would write the same number. In seconds. */
  private static final double BETWEEN_LOOKS = 0.001;

  /** Negative while nothing is known. Lost updates make no difference. */
  private volatile double average = -1;

  /** What stands for it until then is the second quickest: a client may start in an outage, and one quick answer may be chance. */
  private volatile double quickest = Double.POSITIVE_INFINITY;

  private volatile double secondQuickest = Double.POSITIVE_INFINITY;

  private volatile double looked = Double.NEGATIVE_INFINITY;

  /** Something took so long, and all was well. */
  void usual(double now, double seconds) {
    if (now - looked < BETWEEN_LOOKS) {
      return;
    }
    looked = now;
    double before = average;
    // Nothing counts for more than twice the usual: the last answers before an outage are late.
    average = before < 0 ? seconds : before + WEIGHT * (Math.min(seconds, 2 * before + NOISE) - before);
  }

  /** Whether that is much longer than usual, or than the second quickest answer while nothing else is known. */
  boolean isUnusual(double seconds) {
    double usual = average;
    if (usual < 0) {
      secondQuickest = Math.min(secondQuickest, Math.max(quickest, seconds));
      quickest = Math.min(quickest, seconds);
      usual = secondQuickest;
    }
    return seconds > UNUSUAL * usual + NOISE;
  }
}
