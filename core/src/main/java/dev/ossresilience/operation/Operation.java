package dev.ossresilience.operation;

import dev.ossresilience.error.ThrottleScope;
import org.jspecify.annotations.Nullable;

/**
 * An OSS operation, as far as repeating and throttling it go. Immutable.
 *
 * @param name as OSS's documentation calls it, where it has a name there
 * @param replayRule whether it may be sent again when an earlier attempt may have taken effect
 * @param scope which of OSS's limits counts it: {@code UPLOAD}, {@code DOWNLOAD} or {@code META}
 * @param refusal the error code by which OSS refuses to do it twice; empty if there is none
 * @param proof what tells whether an earlier attempt took effect
 * @param note why, in one sentence
 */
public record Operation(String name, ReplayRule replayRule, ThrottleScope scope, String refusal, Proof proof, String note) {
  /** Whether a success can come with a body that says failure, sent after the status when the work took long. */
  public boolean canFailAfterStatus200() {
    return name.equals("CompleteMultipartUpload") || name.startsWith("CopyObject") || name.equals("UploadPartCopy");
  }

  /** Whether a success means that the body is stored byte by byte, and says so by its CRC64. */
  public boolean storesBody() {
    return (name.startsWith("PutObject") && scope == ThrottleScope.UPLOAD) || name.equals("UploadPart") || isAppend();
  }

  /** Whether this is AppendObject, the operation that is verified by position, length and CRC64. */
  public boolean isAppend() {
    return name.equals("AppendObject");
  }

  /** Whether sending it again can't do it twice, because OSS refuses that. */
  public boolean isRefusedTwice() {
    return !refusal.isEmpty();
  }

  /** Whether an error may be due to what an earlier attempt did, and so is to be looked into. */
  public boolean mayHaveCaused(@Nullable String code, boolean inDoubt) {
    return refusal.equals(code) && (inDoubt || !proof.needsDoubt());
  }

  /** The same with another opinion on whether it may be sent again in doubt. */
  public Operation withReplayRule(ReplayRule rule) {
    return new Operation(name, rule, scope, refusal, proof, note);
  }

  @Override
  public String toString() {
    return name;
  }
}
