package dev.ossresilience.write;

import dev.ossresilience.http.ResponseHead;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Whether something was there before a call: both times are the server's, so that nobody's clock need be right. */
final class Age {
  /** The times are in whole seconds, and those of two of the server's machines can differ a little. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private Age() {}

  /** Whether what was last changed at {@code changed} was so before the call began; false if the answer has no {@code Date}. */
  static boolean isBefore(Duration sinceBegin, ResponseHead answer, @Nullable Instant changed) {
    Instant now = httpDate(answer.header("Date"));
    return now != null && changed != null && Duration.between(changed, now).compareTo(sinceBegin.plus(SLACK)) > 0;
  }

  static @Nullable Instant httpDate(@Nullable String text) {
    return parse(DateTimeFormatter.RFC_1123_DATE_TIME, text);
  }

  static @Nullable Instant isoDate(@Nullable String text) {
    return parse(DateTimeFormatter.ISO_DATE_TIME, text);
  }

  private static @Nullable Instant parse(DateTimeFormatter format, @Nullable String text) {
    try {
      return text == null ? null : format.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
