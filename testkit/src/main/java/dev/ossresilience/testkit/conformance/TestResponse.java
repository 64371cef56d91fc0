package dev.ossresilience.testkit.conformance;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response as its caller saw it, read to the end. Names of headers are found whatever their case. */
public record TestResponse(int status, Map<String, String> headers, byte[] body) {
  public TestResponse {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }
}
