package dev.ossresilience.exchange;

import dev.ossresilience.write.Evidence.Elsewhere;
import dev.ossresilience.write.Evidence.Question;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of ours without a body, to where the caller's request went and without its query and headers. Immutable.
 *
 * @param method HEAD or GET
 * @param elsewhere the path and what it is about, null for those of the caller's request
 * @param query percent-encoded, empty for none
 * @param headers all there are but those the client adds by itself
 * @param maxBytes how much of the body of a 206 response to read and digest, in bytes
 * @param wantsBody whether the start of a success's body is of use
 */
public record ProbeRequest(String method, @Nullable Elsewhere elsewhere, String query, Map<String, String> headers, long maxBytes, boolean wantsBody) {
  public ProbeRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A question with no headers yet; what a GET is answered with is wanted. */
  static ProbeRequest of(Question question) {
    return new ProbeRequest(question.method(), question.elsewhere(), question.query(), Map.of(), 0, question.method().equals("GET"));
  }

  ProbeRequest with(Map<String, String> all) {
    return new ProbeRequest(method, elsewhere, query, all, maxBytes, wantsBody);
  }

  /** Its path, percent-encoded, where the caller's request has {@code path}. */
  public String pathOr(String path) {
    return elsewhere == null ? path : elsewhere.rawPath();
  }

  /** Names the headers and not their values: some are signatures and tokens. */
  @Override
  public String toString() {
    return "ProbeRequest[" + method + (query.isEmpty() ? "" : " ?" + query) + " headers=" + headers.keySet() + "]";
  }
}
