package dev.ossresilience.crc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * OSS stored something else than was sent, by the CRC64 of its own answer: a success that is none. Nothing is known of where the
 * bytes were damaged, on the way or by whoever holds them in memory; the message says what is to be done.
 */
public final class IntegrityException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final @Nullable String bucket;
  private final @Nullable String key;
  private final long expectedCrc;
  private final long actualCrc;

  /**
   * Says what differs.
   *
   * @param operation as OSS's documentation calls it
   * @param advice what is to be done, in words
   */
  public IntegrityException(String operation, @Nullable String bucket, @Nullable String key, long expectedCrc, long actualCrc, String advice) {
    super(
        operation + " of " + bucket + "/" + key + ": by what was sent the CRC64 must be " + Crc64.format(expectedCrc) + ", but OSS stored "
            + Crc64.format(actualCrc) + "; " + advice);
    this.operation = operation;
    this.bucket = bucket;
    this.key = key;
    this.expectedCrc = expectedCrc;
    this.actualCrc = actualCrc;
  }

  /** The operation, as OSS's documentation calls it. */
  public String operation() {
    return operation;
  }

  /** The bucket written to. */
  public @Nullable String bucket() {
    return bucket;
  }

  /** The key written to, decoded. */
  public @Nullable String key() {
    return key;
  }

  /** The CRC64 of what was sent, with what was there before if it was appended; unsigned, see {@link Crc64#format}. */
  public long expectedCrc() {
    return expectedCrc;
  }

  /** The CRC64 that OSS answered with; unsigned. */
  public long actualCrc() {
    return actualCrc;
  }
}
