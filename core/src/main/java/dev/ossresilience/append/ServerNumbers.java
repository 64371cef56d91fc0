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

  /** A position in an object that can be appended to: digits, at most 5 GiB. */
  public static @Nullable Long position(@Nullable String text) {
    Long value = number(text);
    return value != null && value <= MAX_APPENDABLE_BYTES ? value : null;
  }

  /** How long the body is of which a response is the head, in bytes. */
  public static @Nullable Long length(ResponseHead head) {
    return number(head.header("Content-Length"));
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null || !isDigits(text) || text.length() > MAX_DIGITS - 2 ? null : (Long) Long.parseLong(text);
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
