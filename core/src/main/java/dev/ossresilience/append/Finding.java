package dev.ossresilience.append;

import org.jspecify.annotations.Nullable;

/**
 * What the investigation of a doubtful append needs next, or found.
 *
 * @param end with {@code TAKEN} the object's length, with {@code APPLIED} the position after our bytes; else 0
 * @param crc with {@code APPLIED} the CRC64 of the object up to {@code end}, if it is known
 * @param why with {@code UNKNOWABLE} what stands in the way, in words; else empty
 */
public record Finding(Kind kind, long end, @Nullable Long crc, String why) {
  /** Needs come first, conclusions after. */
  public enum Kind {
    /** Needs length and CRC64 of the caller's body. */
    NEED_DIGEST,
    /** Needs the object's length and CRC64 by HEAD. */
    NEED_HEAD,
    /** Needs the bytes at our position by a ranged GET. */
    NEED_RANGE,
    /** Concludes: our bytes are there, once. */
    APPLIED,
    /** Concludes: our bytes are not there and never will be, for others' are in their place. */
    TAKEN,
    /** Concludes: not there, but an attempt under way could still arrive; the same position is still free. */
    NOT_YET,
    /** Concludes: it can't be known. */
    UNKNOWABLE
  }

  static Finding need(Kind kind) {
    return new Finding(kind, 0, null, "");
  }

  static Finding applied(long end, @Nullable Long crc) {
    return new Finding(Kind.APPLIED, end, crc, "");
  }

  static Finding taken(long end) {
    return new Finding(Kind.TAKEN, end, null, "");
  }

  static Finding notYet() {
    return new Finding(Kind.NOT_YET, 0, null, "");
  }

  static Finding unknowable(String why) {
    return new Finding(Kind.UNKNOWABLE, 0, null, why);
  }
}
