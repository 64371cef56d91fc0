package dev.ossresilience.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as OSS described it. Everything but the status is what the server claims; a field it didn't send is null. Immutable.
 *
 * @param details all other elements of the error document by name, in document order; they can hold secrets
 */
public record OssError(
    int status,
    @Nullable String code,
    @Nullable String message,
    @Nullable String requestId,
    @Nullable String hostId,
    @Nullable String ec,
    Map<String, String> details) {
  public OssError {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** Status, code, message, request id and EC: what support asks for. Names no detail, since some echo tokens and signatures. */
  @Override
  public String toString() {
    return "OssError[status=" + status + ", code=" + code + ", message=" + message + ", requestId=" + requestId + ", ec=" + ec + "]";
  }
}
