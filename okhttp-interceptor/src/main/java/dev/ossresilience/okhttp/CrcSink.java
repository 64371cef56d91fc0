package dev.ossresilience.okhttp;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.exchange.BodySent;
import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSink;
import okio.Sink;

/** Computes the CRC64 of what passes, where it lies: nothing is copied. */
final class CrcSink extends ForwardingSink {
  private final Crc64 crc = new Crc64();
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
  private long length;

  CrcSink(Sink sink) {
    super(sink);
  }

  /** What has passed so far. */
  BodySent written() {
    return new BodySent(length, crc.getValue());
  }

  @Override
  public void write(Buffer source, long byteCount) throws IOException {
    try (Buffer.UnsafeCursor bytes = source.readUnsafe(cursor)) {
      long left = byteCount;
      for (int available = bytes.seek(0); left > 0 && available > 0; available = bytes.next()) {
        int count = (int) Math.min(left, available);
        crc.update(bytes.data, bytes.start, count);
        left -= count;
      }
    }
    length += byteCount;
    super.write(source, byteCount);
  }
}
