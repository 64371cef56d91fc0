package dev.ossresilience.apache5;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A repeatable body that doesn't know its length. */
class Chunked extends AbstractHttpEntity {
  private final byte[] bytes;

  Chunked(String text) {
    super((String) null, null, true);
    this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public void close() {}
}
