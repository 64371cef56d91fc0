package dev.ossresilience.signing;

import java.time.Instant;

/** Moments that a signature can be made for. */
final class SigningTime {
  /** Years of four digits that OSS could possibly accept; a clock outside of them is broken, not skewed. */
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private SigningTime() {}

  /**
   * The same moment.
   *
   * @throws UnsignableException if no signature can be made for it
   */
  static Instant checked(Instant time) {
    if (time.isBefore(FIRST) || !time.isBefore(END)) {
      throw new UnsignableException("the clock says " + time + ", for which nothing can be signed: set the clock of this machine");
    }
    return time;
  }
}
