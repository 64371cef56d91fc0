package dev.ossresilience.testkit.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three ways OSS writes a moment. */
public final class HttpDates {
  /** Two digits for the day, as RFC 9110 wants; the JDK's own RFC_1123_DATE_TIME writes one for the first nine days of a month. */
  private static final DateTimeFormatter RFC_1123 = utc("EEE, dd MMM yyyy HH:mm:ss 'GMT'");

  private static final DateTimeFormatter BASIC = utc("yyyyMMdd'T'HHmmss'Z'");
  private static final DateTimeFormatter ISO_MILLIS = utc("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  private HttpDates() {}

  /** As in {@code Date}. */
  public static String format(Instant time) {
    return RFC_1123.format(time);
  }

  /** As in the XML of an error. */
  public static String iso(Instant time) {
    return ISO_MILLIS.format(time);
  }

  /** Reads {@code x-oss-date} or {@code Date}; null if it is neither. */
  public static @Nullable Instant parse(String text) {
    for (DateTimeFormatter format : new DateTimeFormatter[] {BASIC, RFC_1123}) {
      try {
        return format.parse(text, Instant::from);
      } catch (DateTimeException e) {
        // not this format: the next, or none
      }
    }
    return null;
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneOffset.UTC);
  }
}
