package dev.ossresilience.examples.explain;

import dev.ossresilience.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** A response of which only the body was kept, and perhaps the status. */
record SavedResponse(int status) implements ResponseHead {
  @Override
  public @Nullable String header(String name) {
    return null;
  }
}
