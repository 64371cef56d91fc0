package dev.ossresilience.policy;

import dev.ossresilience.http.ResponseHead;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of when to come back: {@code Retry-After}, in seconds or as a date.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110</a>
 */
public final class RetryAfter {
  /** Nobody waits longer for an HTTP call: more is a mistake or mischief. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Digits of a day in seconds, and some to spare. */
  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** Whether the response says something of it. */
  public static boolean isIn(ResponseHead response) {
    return response.header("Retry-After") != null;
  }

  /** The delay asked for, null if there is none or an absurd one: unreadable, negative, or beyond a day. */
  public static @Nullable Duration of(ResponseHead response) {
    String text = response.header("Retry-After");
    Duration delay = text == null ? null : parse(text.strip(), response.header("Date"));
    return delay == null || delay.isNegative() || delay.compareTo(LONGEST) > 0 ? null : delay;
  }

  private static @Nullable Duration parse(String text, @Nullable String date) {
    if (!text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    Instant then = instant(text);
    Instant now = instant(date); // the same clock's, so that ours need not be right
    return then == null || now == null ? null : Duration.between(now, then);
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
