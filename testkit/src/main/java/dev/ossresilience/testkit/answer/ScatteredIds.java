package dev.ossresilience.testkit.answer;

/** Makes counters into ids that look random. */
public final class ScatteredIds {
  /** An odd number with bits all over: multiplying by it turns 1, 2, 3 … into numbers that look random and never repeat. */
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  private ScatteredIds() {}

  /** Another number for every {@code count}. */
  public static long scattered(long count) {
    return count * SCATTER;
  }
}
