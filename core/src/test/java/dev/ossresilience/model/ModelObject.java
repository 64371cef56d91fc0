package dev.ossresilience.model;

import dev.ossresilience.crc.Crc64;
import java.util.Arrays;

/** An appendable object as OSS keeps it: bytes, and a position check on every append. */
final class ModelObject {
  private byte[] bytes = new byte[0];

  long length() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  long crc(long length) {
    return Crc64.of(Arrays.copyOf(bytes, (int) length));
  }

  /** False if the position isn't the end. */
  boolean append(long position, byte[] more) {
    if (position != bytes.length) {
      return false;
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, longer, bytes.length, more.length);
    bytes = longer;
    return true;
  }

  boolean holdsAt(long position, byte[] expected) {
    return position >= 0
        && position + expected.length <= bytes.length
        && Arrays.equals(bytes, (int) position, (int) position + expected.length, expected, 0, expected.length);
  }

  int occurrencesOf(byte[] record) {
    int count = 0;
    for (int at = 0; at + record.length <= bytes.length; at++) {
      if (bytes[at] == record[0] && holdsAt(at, record)) {
        count++;
      }
    }
    return count;
  }
}
