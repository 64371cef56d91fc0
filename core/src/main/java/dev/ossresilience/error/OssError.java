package dev.ossresilience.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as OSS described it, and what is known about such errors. Everything but the status is what the server claims; what it
 * didn't send is null. Immutable.
 *
 * @param ec the exact cause's number, for support; not for decisions
 * @param recommendDoc the address of a page about the EC; reported, never followed
 * @param details all other elements of the error document by name, in document order; some hold secrets
 * @param known what the catalogue knows of the code, or of the status if the code is unknown or missing
 */
public record OssError(
    int status,
    @Nullable String code,
    @Nullable String message,
    @Nullable String requestId,
    @Nullable String hostId,
    @Nullable String ec,
    @Nullable String recommendDoc,
    Map<String, String> details,
    CatalogueEntry known) {
  public OssError {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** What went wrong. */
  public Verdict verdict() {
    return known.verdict();
  }

  /** Whether it took effect. */
  public Effect effect() {
    return known.effect();
  }

  /** Why it happens, in words; empty if that isn't known. */
  public String cause() {
    return known.cause();
  }

  /** What to do, in words; empty if that isn't known. Of a wrong clock also by how much it was off, if the document has both times. */
  public String solution() {
    String off = verdict() == Verdict.CLOCK_SKEWED ? SkewAdvice.of(details) : "";
    return off.isEmpty() ? known.solution() : (known.solution() + " " + off).strip();
  }

  /** The message on one line, cut to length, without what may be a secret; null if there is none. For logs and people. */
  public @Nullable String redactedMessage() {
    return Redaction.of(this);
  }

  /**
   * Status, code, message, request id and EC: what support asks for. Names no detail, since some echo tokens, signatures and access
   * keys, and leaves out a message that quotes one of those.
   */
  @Override
  public String toString() {
    return "OssError[status=" + status + ", code=" + code + ", message=" + redactedMessage() + ", requestId=" + requestId + ", ec=" + ec + "]";
  }
}
