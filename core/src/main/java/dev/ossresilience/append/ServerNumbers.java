package dev.ossresilience.append;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Reads the numbers OSS sends in headers. They are input, not truth: anything out of range is null. */
public final class ServerNumbers {
  /** OSS's limit for an appendable object, 5 GiB. */
  public static final long MAX_APPENDABLE_BYTES = 5L << 30;

  /** The longest digits worth reading: 2^64 has 20. */
  private static final int MAX_DIGITS = 20;

  private ServerNumbers() {}

  /** A position or length: digits, at most 5 GiB. */
  public static @Nullable Long position(@Nullable String text) {
    if (text == null || !isDigits(text) || text.length() > MAX_DIGITS - 2) {
      return null;
    }
    long value = Long.parseLong(text);
    return value <= MAX_APPENDABLE_BYTES ? value : null;
  }

  /** Where the next append to an object goes, by a response about it. */
  public static @Nullable Long nextPosition(ResponseHead response) {
    return position(response.header("x-oss-next-append-position"));
  }

  /** A CRC64 as unsigned decimal. */
  public static @Nullable Long crc(@Nullable String text) {
    return Crc64.parse(text);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
