package dev.ossresilience.apache5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A response's body of which the start was read ahead; can still be read once, from its first byte. */
final class PeekedEntity extends HttpEntityWrapper {
  private final byte[] start;
  private final InputStream content;

  private PeekedEntity(HttpEntity entity, byte[] start, InputStream rest) {
    super(entity);
    this.start = start;
    this.content = new SequenceInputStream(new ByteArrayInputStream(start), rest);
  }

  /** The start of a response's body, at most {@code limit} bytes; the response gets an entity that begins with it again. */
  static byte[] peek(ClassicHttpResponse response, int limit, BooleanSupplier goOn) {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    PeekedEntity peeked = of(entity, limit, goOn);
    response.setEntity(peeked);
    return peeked.start();
  }

  /** Reads at most {@code limit} bytes ahead. If the body breaks off, whoever reads it later meets the same failure, where it was. */
  static PeekedEntity of(HttpEntity entity, int limit, BooleanSupplier goOn) {
    byte[] buffer = new byte[Math.min(limit, 4096)];
    int length = 0;
    InputStream rest;
    try {
      rest = entity.getContent();
      while (length < limit && goOn.getAsBoolean()) {
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, Math.min(limit, 2 * length));
        }
        int read = rest.read(buffer, length, buffer.length - length);
        if (read < 0) {
          break; // the connection is free again by now
        }
        length += read;
      }
    } catch (IOException e) {
      rest = new BrokenStream(e);
    } catch (RuntimeException e) { // a decoder may meet nonsense
      rest = new BrokenStream(new IOException("the body can't be decoded", e));
    }
    return new PeekedEntity(entity, Arrays.copyOf(buffer, length), rest);
  }

  /** What was read ahead. */
  byte[] start() {
    return start.clone();
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (InputStream in = content) {
      in.transferTo(out);
    }
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public void close() throws IOException {
    try {
      content.close();
    } finally {
      super.close();
    }
  }

  private static final class BrokenStream extends InputStream {
    private final IOException failure;

    private BrokenStream(IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      throw failure;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      throw failure;
    }
  }
}
