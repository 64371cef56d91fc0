package dev.ossresilience.okhttp;

import dev.ossresilience.exchange.BodyProgress;
import dev.ossresilience.exchange.BodySent;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The body of one attempt. Knows whether it was begun, and if it may go out only once, makes sure of it: to OkHttp it is one-shot, so
 * that neither a stale connection nor a 408 or a 503 with {@code Retry-After: 0} sends it again unseen. Can tell the CRC64 of what went out.
 */
class AttemptBody extends RequestBody {
  private final RequestBody body;
  private final boolean once;
  private final boolean checked;
  private volatile boolean started;
  private volatile boolean whole;
  private volatile @Nullable BodySent sent;

  AttemptBody(RequestBody body, boolean once, boolean checked) {
    this.body = body;
    this.once = once;
    this.checked = checked && !body.isDuplex(); // which is still being written when its response comes
  }

  boolean isStarted() {
    return started;
  }

  /** Whoever read it until now has not sent it, but logged it perhaps. */
  void goesOut() {
    whole = false;
    sent = null;
  }

  /** How far it got the last time. What comes of one that is sent while the response is read can't be known yet. */
  BodyProgress progress() {
    return whole || body.isDuplex() ? BodyProgress.WHOLE : started ? BodyProgress.PART : BodyProgress.UNTOUCHED;
  }

  /** What went out the last time, if all of it did and it was to be checked. */
  @Nullable BodySent sent() {
    return sent;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  /** OkHttp alone would take a duplex body for one that can be written again. */
  @Override
  public boolean isOneShot() {
    return once || body.isOneShot() || body.isDuplex();
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
    whole = false;
    sent = null;
    if (!checked) {
      body.writeTo(sink);
      whole = true;
      return;
    }
    CrcSink crc = new CrcSink(sink);
    BufferedSink checking = Okio.buffer(crc);
    body.writeTo(checking);
    if (checking.isOpen()) { // else the body has closed it, and everything is through
      checking.emit();
    }
    sent = crc.written();
    whole = true;
  }
}
