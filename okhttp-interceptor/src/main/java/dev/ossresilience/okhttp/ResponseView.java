package dev.ossresilience.okhttp;

import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** An OkHttp response as the core sees it. */
record ResponseView(Response response) implements ResponseHead {
  @Override
  public int status() {
    return response.code();
  }

  @Override
  public @Nullable String header(String name) {
    return response.header(name);
  }

  /** The first bytes of the body, which stays readable from its start; of a body that breaks off, what arrived. */
  static byte[] peek(Response response, int limit, BooleanSupplier goOn) {
    BufferedSource source = response.body().source();
    try {
      long arrived = source.getBuffer().size();
      while (arrived < limit && goOn.getAsBoolean() && source.request(arrived + 1)) {
        arrived = source.getBuffer().size();
      }
    } catch (IOException | IllegalStateException e) {
      // It broke off or is closed: what arrived is in the buffer, and reading on tells the caller.
    }
    Buffer copy = new Buffer();
    Buffer arrived = source.getBuffer();
    arrived.copyTo(copy, 0, Math.min(limit, arrived.size()));
    return copy.readByteArray();
  }
}
