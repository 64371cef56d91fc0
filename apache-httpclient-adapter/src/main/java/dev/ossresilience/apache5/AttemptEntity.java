package dev.ossresilience.apache5;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The body of one attempt: knows whether it was begun, and can refuse to go out a second time. Used by one thread. */
final class AttemptEntity extends HttpEntityWrapper {
  private final boolean oneShot;
  private boolean started;

  /**
   * Wraps the caller's body.
   *
   * @param oneShot whether HttpClient must not repeat it, even if it could
   */
  AttemptEntity(HttpEntity body, boolean oneShot) {
    super(body);
    // HttpClient takes what can't be repeated for repeatable until the first copy was read, and then sends nothing as the body.
    this.oneShot = oneShot || !body.isRepeatable();
  }

  /** Whether any of it may have gone out. */
  boolean isStarted() {
    return started;
  }

  @Override
  public boolean isRepeatable() {
    return !oneShot;
  }

  @Override
  public InputStream getContent() throws IOException {
    start();
    return super.getContent();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    start();
    super.writeTo(out);
  }

  private void start() throws IOException {
    if (started && oneShot) {
      throw new IOException("the body of this attempt was sent before: whether it may be sent again is not for the client to decide");
    }
    started = true;
  }
}
