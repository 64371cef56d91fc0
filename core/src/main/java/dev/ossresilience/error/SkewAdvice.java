package dev.ossresilience.error;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells from an error document how far the request's time was from the server's. */
final class SkewAdvice {
  private SkewAdvice() {}

  /** A sentence; empty if the document doesn't hold both times, or they don't differ. */
  static String of(Map<String, String> details) {
    Instant request = time(details.get("RequestTime"));
    Instant server = time(details.get("ServerTime"));
    if (request == null || server == null) {
      return "";
    }
    Duration ahead = Duration.between(server, request);
    String direction = ahead.isNegative() ? " behind" : " ahead of";
    return ahead.abs().toSeconds() == 0 ? "" : "The request's time was " + rounded(ahead.abs()) + direction + " the server's.";
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Down to a whole number of the largest unit of which there are at least two. */
  private static String rounded(Duration off) {
    if (off.toDays() >= 2) {
      return off.toDays() + " days";
    }
    if (off.toHours() >= 2) {
      return off.toHours() + " h";
    }
    return off.toMinutes() >= 2 ? off.toMinutes() + " min" : off.toSeconds() + " s";
  }
}
