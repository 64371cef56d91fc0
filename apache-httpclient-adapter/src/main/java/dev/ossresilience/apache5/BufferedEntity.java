package dev.ossresilience.apache5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body that was read into memory; it describes itself as the one it was read from, since that is signed. */
final class BufferedEntity extends HttpEntityWrapper {
  private final byte[] bytes;

  BufferedEntity(HttpEntity entity, byte[] bytes) {
    super(entity);
    this.bytes = bytes;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public long getContentLength() {
    return bytes.length;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }
}
