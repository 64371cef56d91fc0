package dev.ossresilience.exchange;

import dev.ossresilience.append.AppendRecovery;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.operation.Operation;
import dev.ossresilience.operation.ReplayRule;
import org.jspecify.annotations.Nullable;

/** Whether what one exchange sent is what OSS got, by the CRC64 that OSS answers with. */
final class UploadIntegrity {
  /** What Base64 makes of the 16 bytes of an MD5. */
  private static final int MD5_CHARACTERS = 24;

  private final Subject subject;
  private final boolean compares;
  private final boolean checksBody;
  private @Nullable BodySent sent;
  private boolean repeated;

  UploadIntegrity(boolean enabled, Subject subject) {
    this.subject = subject;
    Operation operation = subject.operation();
    boolean stores = operation.storesBody() && !subject.query().has("x-oss-process"); // which stores something else
    this.compares = enabled && stores;
    // What can't be read again is needed to look into a doubt.
    this.checksBody = compares || (stores && operation.replayRule() == ReplayRule.VERIFY_FIRST && !subject.request().isBodyRepeatable());
  }

  /** Whether the CRC64 of what goes out is of use. */
  boolean checksBody() {
    return checksBody;
  }

  /** Notes what went out in the last attempt; null if that isn't known. */
  void sent(@Nullable BodySent body) {
    boolean plausible = body == null || subject.request().contentLength() < 0 || body.length() == subject.request().contentLength();
    sent = plausible ? body : null; // a client may have cut off what a body writes beyond the length it has announced
  }

  /** What went out in the last attempt; null if that isn't known. */
  @Nullable BodySent sent() {
    return sent;
  }

  /** What is wrong with a success; null if nothing is, as far as it can be told: OSS need not have sent a CRC64. */
  @Nullable IntegrityException check(ResponseHead response, @Nullable AppendRecovery append) {
    BodySent body = sent;
    boolean nothingToDamage = append != null && body != null && body.length() == 0;
    if (!compares || body == null || nothingToDamage || response.status() == 203) {
      return null;
    }
    String header = response.header("x-oss-hash-crc64ecma");
    Long actual = header == null ? null : Crc64.parse(header);
    Long expected = actual == null ? null : append == null ? (Long) body.crc() : append.wholeCrc(body.length(), body.crc());
    if (actual == null || expected == null || actual.equals(expected)) {
      return null;
    }
    return new IntegrityException(subject.operation().name(), subject.target().bucket(), subject.target().key(), expected, actual, advice(append));
  }

  private String advice(@Nullable AppendRecovery append) {
    if (append == null) {
      return subject.operation().isRefusedTwice()
          ? "what is stored is not to be used: delete it, else it is in the way, and send it again"
          : "send it again: until then what is stored is not to be used";
    }
    return append.position() == 0
        ? "what is appended can't be taken back: delete the object and begin again"
        : "what is appended can't be taken back, or something else was before it than remembered: read the object from position "
            + append.position() + " and compare";
  }

  /** Whether the same may be sent once more because it arrived damaged; true once, and never for a checksum that can't be right. */
  boolean mayRepeat() {
    RequestHead request = subject.request();
    String md5 = request.header("Content-MD5");
    String crc = request.header("x-oss-hash-crc64ecma");
    boolean wellFormed = (md5 == null || (md5.length() == MD5_CHARACTERS && md5.endsWith("=="))) && (crc == null || Crc64.parse(crc) != null);
    boolean may = wellFormed && !repeated;
    repeated = true;
    return may;
  }
}
