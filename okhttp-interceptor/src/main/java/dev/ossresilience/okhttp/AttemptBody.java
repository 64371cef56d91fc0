package dev.ossresilience.okhttp;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of one attempt. Knows whether it was begun, and if it may go out only once, makes sure of it: to OkHttp it is one-shot, so
 * that neither a stale connection nor a 408 or a 503 with {@code Retry-After: 0} sends it again unseen.
 */
final class AttemptBody extends RequestBody {
  private final RequestBody body;
  private final boolean once;
  private volatile boolean started;

  AttemptBody(RequestBody body, boolean once) {
    this.body = body;
    this.once = once;
  }

  boolean isStarted() {
    return started;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public boolean isOneShot() {
    return once || body.isOneShot();
  }

  @Override
  public boolean isDuplex() {
    return body.isDuplex();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    if (once && started) {
      throw new IOException("something below the OSS interceptor tried to send the body of one attempt twice; that was prevented");
    }
    started = true;
    body.writeTo(sink);
  }
}
