package dev.ossresilience.error;

import dev.ossresilience.http.ResponseHead;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Status and headers, by lower-case name. */
record FakeResponse(int status, Map<String, String> headers) implements ResponseHead {
  @Override
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }
}
