package dev.ossresilience.testkit.store;

import dev.ossresilience.crc.Crc64;
import java.time.Instant;
import java.util.Locale;
import okio.ByteString;

/** A part of an upload. */
public record Part(int number, ByteString content, Instant lastModified) {
  /** The CRC64 of the part as OSS writes it. */
  public String crc64() {
    return Long.toUnsignedString(Crc64.of(content.toByteArray()));
  }

  /** In quotes, as in the header. */
  public String etag() {
    return '"' + content.md5().hex().toUpperCase(Locale.ROOT) + '"';
  }
}
