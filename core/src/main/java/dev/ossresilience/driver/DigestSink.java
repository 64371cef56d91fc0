package dev.ossresilience.driver;

import dev.ossresilience.crc.Crc64;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps of what is written to it the length, the CRC64 and the first bytes. */
final class DigestSink extends OutputStream {
  private final Crc64 crc = new Crc64();
  private final int keep;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream(0);
  private long length;

  DigestSink(int keep) {
    this.keep = keep;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    crc.update(bytes, offset, count);
    start.write(bytes, offset, Math.min(count, keep - start.size()));
    length += count;
  }

  byte[] start() {
    return start.toByteArray();
  }

  long length() {
    return length;
  }

  long crc() {
    return crc.getValue();
  }
}
