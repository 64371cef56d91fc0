package dev.ossresilience.error;

import dev.ossresilience.http.RequestHead;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request without headers whose body, if it has one, can be repeated. */
record FakeRequest(String method, String host, String rawPath, @Nullable String rawQuery, long contentLength) implements RequestHead {
  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public int port() {
    return 443;
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> visitor) {}

  @Override
  public boolean isBodyRepeatable() {
    return true;
  }
}
