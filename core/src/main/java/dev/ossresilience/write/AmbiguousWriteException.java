package dev.ossresilience.write;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.report.ExchangeReport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * It can't be known whether a write took effect. Neither a success nor a failure was claimed; the message says what to do. Where it
 * wasn't thrown but attached to another exception, {@link #in} finds it.
 */
public class AmbiguousWriteException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final @Nullable String bucket;
  private final @Nullable String key;

  /**
   * Says what is unknown and why.
   *
   * @param operation its name
   * @param doing the operation in words, as {@code the append of 3 bytes}; what it was done to is added
   * @param why what stood in the way of knowing
   * @param advice what the caller can do
   * @param cause the failure that left the doubt, null if it was an error response
   */
  public AmbiguousWriteException(String operation, Target target, String doing, String why, String advice, @Nullable IOException cause) {
    super(doing + " " + object(target) + " may or may not have taken effect: " + why + "; " + advice, cause);
    this.operation = operation;
    this.bucket = target.bucket();
    this.key = target.key();
  }

  private static String object(Target target) {
    return target.key() == null ? String.valueOf(target.bucket()) : target.bucket() + "/" + target.key();
  }

  /** The ambiguity that {@code failure} is or has attached; null if there is none. */
  public static @Nullable AmbiguousWriteException in(Throwable failure) {
    if (failure instanceof AmbiguousWriteException ambiguous) {
      return ambiguous;
    }
    for (Throwable attached : failure.getSuppressed()) {
      if (attached instanceof AmbiguousWriteException ambiguous) {
        return ambiguous;
      }
    }
    return null;
  }

  /** What happened in the call, attempt by attempt; null after deserialisation, or if it isn't known yet how the call ends. */
  public final @Nullable ExchangeReport report() {
    return ExchangeReport.of(this);
  }

  /** The operation as OSS's documentation calls it, for example {@code CompleteMultipartUpload}. */
  public final String operation() {
    return operation;
  }

  /** Null for an operation of the service. */
  public final @Nullable String bucket() {
    return bucket;
  }

  /** Null for an operation of the bucket or the service. */
  public final @Nullable String key() {
    return key;
  }
}
