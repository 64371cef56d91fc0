package dev.ossresilience.policy;

/**
 * What to do when an append's position turns out to be taken by <em>another</em> writer's bytes. Immutable.
 *
 * @param followsEnd whether to append at the object's new end, or to return the conflict to the caller
 * @param maxMoves how often one call may move, at least 0
 * @param maxVerifyBytes the longest body that is compared by reading it back, in bytes; a longer one's fate stays unknown
 */
public record AppendPolicy(boolean followsEnd, int maxMoves, long maxVerifyBytes) {
  /** Enough for dozens of busy writers, given the jitter between moves; the total timeout bounds it as well. */
  private static final int DEFAULT_MAX_MOVES = 100;

  /** Read back within seconds on any line, and far longer than log shippers' batches. */
  private static final long DEFAULT_MAX_VERIFY_BYTES = 64L << 20;

  public AppendPolicy {
    if (maxMoves < 0) {
      throw new IllegalArgumentException("maxMoves " + maxMoves + " must not be negative");
    }
    if (maxVerifyBytes < 0) {
      throw new IllegalArgumentException("maxVerifyBytes " + maxVerifyBytes + " must not be negative");
    }
  }

  /** After a proven conflict append at the server's current end; the response's next position tells where the bytes went. */
  public static AppendPolicy followEnd() {
    return new AppendPolicy(true, DEFAULT_MAX_MOVES, DEFAULT_MAX_VERIFY_BYTES);
  }

  /** Return a proven conflict to the caller: the bytes go to the position asked for or nowhere. */
  public static AppendPolicy exactPosition() {
    return new AppendPolicy(false, 0, DEFAULT_MAX_VERIFY_BYTES);
  }

  /** This policy with another bound for reading back, in bytes. */
  public AppendPolicy withMaxVerifyBytes(long bytes) {
    return new AppendPolicy(followsEnd, maxMoves, bytes);
  }
}
