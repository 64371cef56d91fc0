package dev.ossresilience.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request of ours without a body, to the path of the caller's request and without its query and headers. Immutable.
 *
 * @param method HEAD or GET
 * @param headers all there are but those the client adds by itself
 * @param maxBytes how much of the body of a 206 response to read and digest, in bytes
 */
public record ProbeRequest(String method, Map<String, String> headers, long maxBytes) {
  public ProbeRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Names the headers and not their values: some are signatures and tokens. */
  @Override
  public String toString() {
    return "ProbeRequest[" + method + " headers=" + headers.keySet() + "]";
  }
}
