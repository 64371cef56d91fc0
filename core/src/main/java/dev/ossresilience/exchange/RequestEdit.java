package dev.ossresilience.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the next attempt differs from the caller's request. Immutable.
 *
 * @param headers to set, each replacing all of its name; an empty value means to remove
 * @param query parameters to set, decoded, each replacing all of its name
 */
public record RequestEdit(Map<String, String> headers, Map<String, String> query) {
  /** The caller's request as it is. */
  public static final RequestEdit NONE = new RequestEdit(Map.of(), Map.of());

  public RequestEdit {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }

  /** Whether the caller's request goes out as it is. */
  public boolean isNothing() {
    return headers.isEmpty() && query.isEmpty();
  }

  /** Names the headers and not their values: some are signatures and tokens. */
  @Override
  public String toString() {
    return "RequestEdit[headers=" + headers.keySet() + ", query=" + query.keySet() + "]";
  }
}
