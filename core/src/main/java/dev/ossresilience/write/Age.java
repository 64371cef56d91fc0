package dev.ossresilience.write;

import dev.ossresilience.http.ResponseHead;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * When something was last changed, as seen from a call: both times are the server's, so that nobody's clock need be right, but they can
 * be those of two of its machines.
 */
enum Age {
  /** Before the call began: it isn't the call's doing. */
  OLDER,
  /** Perhaps before the call began: no better than not known. */
  UNCLEAR,
  /** Not before the call began. */
  NEW;

  /** The times are in whole seconds, and the clocks of machines that are kept together differ by less. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  /** What OSS tolerates of a client's clock, and so the most that one of its own machines can be wrong by. */
  private static final Duration CERTAIN = Duration.ofMinutes(15);

  /**
   * Judges what was last changed at {@code changed}.
   *
   * @param sinceBegin how long ago the call began
   * @param answer whose {@code Date} is now, unless a cache gave it or a machine on the way has put another time in its place
   */
  static Age of(Duration sinceBegin, ResponseHead answer, @Nullable Instant changed) {
    Instant now = httpDate(answer.header("Date"));
    String cachedFor = answer.header("Age");
    boolean cached = cachedFor != null && !cachedFor.strip().equals("0");
    if (now == null || changed == null || cached || changed.isAfter(now.plus(SLACK))) {
      return UNCLEAR;
    }
    Duration before = Duration.between(changed, now).minus(sinceBegin);
    return before.compareTo(CERTAIN) > 0 ? OLDER : before.compareTo(SLACK) > 0 ? UNCLEAR : NEW;
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
