package dev.ossresilience.apache5;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.exchange.BodySent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthOutputStream;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The body of one attempt: knows how far it got and what its CRC64 was, and can refuse to go out a second time. Used by one thread.
 *
 * <p>When a body can't be written to its end, the whole attempt is cancelled first. HttpClient would close the message properly on
 * its way out, and a chunked one closed early reads as a complete, shorter body: the server would store it.
 */
final class AttemptEntity extends HttpEntityWrapper {
  private final boolean oneShot;
  private final boolean checked;
  private final Cancellable attempt;
  private boolean opened;
  private boolean started;
  private boolean straight;
  private boolean whole;
  private @Nullable BodySent sent;
  private @Nullable IOException failure;

  /**
   * Wraps the caller's body.
   *
   * @param oneShot whether HttpClient must not repeat it, even if it could
   * @param checked whether the CRC64 of what goes out is wanted
   * @param attempt the request it is the body of
   */
  AttemptEntity(HttpEntity body, boolean oneShot, boolean checked, Cancellable attempt) {
    super(body);
    // HttpClient takes what can't be repeated for repeatable until the first copy was read, and then sends nothing as the body.
    this.oneShot = oneShot || !body.isRepeatable();
    this.checked = checked;
    this.attempt = attempt;
  }

  /** Whether any of it may have gone out. */
  boolean isStarted() {
    return started;
  }

  /** Whether it was written to its end. */
  boolean isWhole() {
    return whole;
  }

  /** Whether it was last written straight into the message: else nobody knows what became of it, compressed perhaps. */
  boolean wentStraight() {
    return straight;
  }

  /** Whether a request has this body and no other: HttpClient itself wraps what can't be repeated, in a class that only its name tells. */
  boolean isEntityOf(ClassicHttpRequest request) {
    HttpEntity entity = request.getEntity();
    return entity == this || (entity != null && entity.toString().equals("RequestEntityProxy{" + this + "}"));
  }

  @Override
  public String toString() {
    return "AttemptEntity@" + Integer.toHexString(System.identityHashCode(this)); // its own, for isEntityOf
  }

  /** What went out the last time, if all of it did and straight into the message. */
  @Nullable BodySent sent() {
    return sent;
  }

  /** What really went wrong, if HttpClient ended the attempt with {@code thrown}: it calls what was cancelled here aborted. */
  IOException causeOf(IOException thrown) {
    return failure == null ? thrown : failure;
  }

  @Override
  public boolean isRepeatable() {
    return !oneShot;
  }

  @Override
  public InputStream getContent() throws IOException {
    open();
    started = true; // out of sight from here on
    return super.getContent();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    open();
    straight = out instanceof ContentLengthOutputStream || out instanceof ChunkedOutputStream;
    Sink sink = new Sink(out, checked && straight ? new Crc64() : null);
    try {
      super.writeTo(sink);
      whole = true;
      sent = sink.written();
    } catch (IOException e) {
      if (!sink.broken) {
        failure = e;
      }
      throw e;
    } finally {
      // Where the connection itself broke off there is nothing to cancel, and perhaps an early response to read.
      if (!whole && !sink.broken) {
        attempt.cancel();
      }
    }
  }

  private void open() throws IOException {
    if (opened && oneShot) {
      attempt.cancel();
      failure = new IOException("this attempt's body was sent before: whether it may be sent again is not for the client to decide");
      throw failure;
    }
    opened = true;
    straight = false;
    whole = false;
    sent = null;
  }

  /** Computes the CRC64 if there is one to compute, and tells a body that can't be read from a connection that can't be written to. */
  private final class Sink extends OutputStream {
    private final OutputStream out;
    private final @Nullable Crc64 crc;
    private long length;
    private boolean broken;

    Sink(OutputStream out, @Nullable Crc64 crc) {
      this.out = out;
      this.crc = crc;
    }

    @Nullable BodySent written() {
      return crc == null ? null : new BodySent(length, crc.getValue());
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      started |= count > 0;
      if (crc != null) {
        crc.update(bytes, offset, count);
        length += count;
      }
      broken = true;
      out.write(bytes, offset, count);
      broken = false;
    }

    @Override
    public void flush() throws IOException {
      broken = true;
      out.flush();
      broken = false;
    }
  }
}
