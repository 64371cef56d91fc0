package dev.ossresilience.exchange;

import dev.ossresilience.http.RequestHead;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request whose body could be read only once, and will have been read into memory before the first attempt. */
record BufferedRequest(RequestHead request) implements RequestHead {
  /** The request as the exchange is to see it: one-shot bodies of up to {@code limit} bytes will be read into memory, 0 for none. */
  static RequestHead of(RequestHead request, long limit) {
    boolean buffered = limit > 0 && !request.isBodyRepeatable() && request.contentLength() >= 0 && request.contentLength() <= limit;
    return buffered ? new BufferedRequest(request) : request;
  }

  @Override
  public boolean isBodyRepeatable() {
    return true;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String scheme() {
    return request.scheme();
  }

  @Override
  public String host() {
    return request.host();
  }

  @Override
  public int port() {
    return request.port();
  }

  @Override
  public String rawPath() {
    return request.rawPath();
  }

  @Override
  public @Nullable String rawQuery() {
    return request.rawQuery();
  }

  @Override
  public @Nullable String header(String name) {
    return request.header(name);
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> visitor) {
    request.forEachHeader(visitor);
  }

  @Override
  public long contentLength() {
    return request.contentLength();
  }
}
