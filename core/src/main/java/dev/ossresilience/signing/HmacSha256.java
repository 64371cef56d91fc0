package dev.ossresilience.signing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * HMAC-SHA256 with one key that has been digested already, which the JDK's own does anew for every text. Immutable, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>
 */
final class HmacSha256 {
  /** Of SHA-256, in bytes. */
  private static final int BLOCK = 64;

  private final Sha256 inner;
  private final Sha256 outer;

  HmacSha256(byte[] key) {
    byte[] block = Arrays.copyOf(key.length > BLOCK ? Sha256.EMPTY.continuedWith(key) : key, BLOCK);
    inner = new Sha256(masked(block, 0x36));
    outer = new Sha256(masked(block, 0x5c));
  }

  byte[] of(String text) {
    return outer.continuedWith(inner.continuedWith(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] masked(byte[] block, int mask) {
    byte[] masked = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      masked[i] = (byte) (block[i] ^ mask);
    }
    return masked;
  }
}
