package dev.ossresilience.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * SHA-256 begun with some bytes, to be continued any number of times: looking the algorithm up and digesting a key costs more than
 * signing a short text with it. Immutable, thread-safe.
 */
final class Sha256 {
  /** Begun with nothing. */
  static final Sha256 EMPTY = new Sha256(new byte[0]);

  private final byte[] beginning;
  private final MessageDigest begun;

  Sha256(byte[] beginning) {
    this.beginning = beginning.clone();
    this.begun = fromScratch();
  }

  byte[] continuedWith(byte[] bytes) {
    return copy().digest(bytes);
  }

  static String hex(String text) {
    return HexFormat.of().formatHex(EMPTY.continuedWith(text.getBytes(StandardCharsets.UTF_8)));
  }

  private MessageDigest copy() {
    try {
      return (MessageDigest) begun.clone();
    } catch (CloneNotSupportedException e) {
      return fromScratch(); // the digests of some security modules can't be copied
    }
  }

  private MessageDigest fromScratch() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(beginning);
      return digest;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256, which every Java platform must have", e);
    }
  }
}
