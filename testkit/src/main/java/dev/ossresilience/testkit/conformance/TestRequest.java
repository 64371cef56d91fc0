package dev.ossresilience.testkit.conformance;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to make; unsigned, since the adapter signs.
 *
 * @param body null for a request without one
 * @param oneShot whether the client must take the body for one that can be read only once, of a length that is known
 */
public record TestRequest(String method, URI uri, Map<String, String> headers, byte @Nullable [] body, boolean oneShot) {
  public TestRequest {
    headers = Map.copyOf(headers);
  }
}
