package dev.ossresilience.driver;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes a one-shot body into memory before the first attempt, where {@link dev.ossresilience.exchange.Exchange#buffersBody} says so. A
 * body that isn't as long as was announced is refused: what is to be stored nobody knows. Not thread-safe.
 */
public final class BodyBuffer extends OutputStream {
  /** Writes the caller's body. */
  @FunctionalInterface
  public interface Source {
    /** Writes all of it to {@code sink}. */
    void writeTo(OutputStream sink) throws IOException;
  }

  private final byte[] bytes;
  private int count;

  /** For a body of {@code length} bytes. */
  public BodyBuffer(long length) {
    bytes = new byte[Math.toIntExact(length)];
  }

  /**
   * Reads a body.
   *
   * @throws IOException if it can't be read, or gives more or fewer bytes than {@code length}; nothing was sent then
   */
  public static byte[] read(long length, Source source) throws IOException {
    BodyBuffer buffer = new BodyBuffer(length);
    try {
      source.writeTo(buffer);
    } catch (IOException | RuntimeException e) {
      throw buffer.unreadable(e);
    }
    return buffer.whole();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (length > bytes.length - count) {
      throw new WrongLengthException("the request was not sent: its body announced " + bytes.length + " bytes and gave more");
    }
    System.arraycopy(source, offset, bytes, count, length);
    count += length;
  }

  /** The body, which has been read to its end. */
  public byte[] whole() throws IOException {
    if (count < bytes.length) {
      throw new WrongLengthException("the request was not sent: its body announced " + bytes.length + " bytes and gave " + count);
    }
    return bytes;
  }

  /** What to throw for a body that could not be read. */
  public IOException unreadable(Exception cause) {
    return cause instanceof WrongLengthException wrong
        ? wrong
        : new IOException("the request was not sent: its body of " + bytes.length + " bytes could not be read into memory", cause);
  }

  private static final class WrongLengthException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongLengthException(String message) {
      super(message);
    }
  }
}
