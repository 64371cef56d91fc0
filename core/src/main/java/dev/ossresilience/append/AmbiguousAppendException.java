package dev.ossresilience.append;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.operation.Proof;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * It can't be known whether an append was stored. Neither a success nor a failure was claimed: read the object from
 * {@link #position()} and compare before appending the same bytes again.
 */
public final class AmbiguousAppendException extends AmbiguousWriteException {
  private static final long serialVersionUID = 1L;

  private final long position;
  private final long length;

  /**
   * Says what is unknown and why.
   *
   * @param length of the body in bytes, -1 if it isn't known
   * @param cause the failure that left the doubt, null if it was an error response
   */
  public AmbiguousAppendException(Target target, long position, long length, String why, @Nullable IOException cause) {
    super(
        "AppendObject",
        target,
        "the append of " + (length < 0 ? "a body" : length + " bytes") + " at position " + position + " of",
        why,
        Proof.POSITION.advice(),
        cause);
    this.position = position;
    this.length = length;
  }

  /**
   * The ambiguity that {@code failure} is or, if the call was cancelled or interrupted, has attached; null if there is none and the append
   * is certainly not stored.
   */
  public static @Nullable AmbiguousAppendException in(IOException failure) {
    if (failure instanceof AmbiguousAppendException ambiguous) {
      return ambiguous;
    }
    for (Throwable attached : failure.getSuppressed()) {
      if (attached instanceof AmbiguousAppendException ambiguous) {
        return ambiguous;
      }
    }
    return null;
  }

  /** Where the bytes are, if they are stored. */
  public long position() {
    return position;
  }

  /** How many bytes there were, -1 if that isn't known. */
  public long length() {
    return length;
  }
}
