package dev.ossresilience.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request of ours without a body, to the path of the caller's request and without its query and headers. Immutable.
 *
 * @param method HEAD or GET
 * @param query percent-encoded, empty for none
 * @param headers all there are but those the client adds by itself
 * @param maxBytes how much of the body of a 206 response to read and digest, in bytes
 * @param wantsBody whether the start of a success's body is of use
 */
public record ProbeRequest(String method, String query, Map<String, String> headers, long maxBytes, boolean wantsBody) {
  public ProbeRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A question with no headers yet; what a GET is answered with is wanted. */
  static ProbeRequest of(String method, String query) {
    return new ProbeRequest(method, query, Map.of(), 0, method.equals("GET"));
  }

  ProbeRequest with(Map<String, String> all) {
    return new ProbeRequest(method, query, all, maxBytes, wantsBody);
  }

  /** Names the headers and not their values: some are signatures and tokens. */
  @Override
  public String toString() {
    return "ProbeRequest[" + method + (query.isEmpty() ? "" : " ?" + query) + " headers=" + headers.keySet() + "]";
  }
}
