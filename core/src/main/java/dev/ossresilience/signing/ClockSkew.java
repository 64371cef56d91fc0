package dev.ossresilience.signing;

import dev.ossresilience.error.OssError;
import dev.ossresilience.http.ResponseHead;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far an endpoint's clock is from ours: learnt from its errors, kept for all later calls. Always measured against the raw local
 * clock, never against the corrected one, so that measuring twice changes nothing. Thread-safe.
 */
public final class ClockSkew {
  /** No OSS before it: an earlier server time (often 1970) comes from a broken middlebox. */
  private static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  /** Far within OSS's tolerance of 15 minutes, far beyond what the round trip can blur. */
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private volatile Duration offset = Duration.ZERO;

  /** What to add to the local clock. */
  public Duration offset() {
    return offset;
  }

  /** The server's time, by our best knowledge. */
  public Instant correct(Instant local) {
    return local.plus(offset);
  }

  /**
   * Learns from a response that was sent because the request's time was wrong. If our corrected clock agrees with the server after
   * all, the request was merely old, and nothing is changed.
   *
   * @param sent raw local time before the request
   * @param received raw local time after the response
   * @return whether the server's time could be read
   */
  public boolean learn(OssError error, ResponseHead response, Instant sent, Instant received) {
    Instant server = error.requestId() == null ? null : serverTime(error, response);
    if (server == null) { // without a request id it wasn't OSS that answered
      return false;
    }
    Instant middle = sent.plus(Duration.between(sent, received).dividedBy(2));
    Duration measured = Duration.between(middle, server);
    if (measured.minus(offset).abs().compareTo(TOLERATED) > 0) {
      offset = measured;
    }
    return true;
  }

  /** From the error document, since a {@code Date} header may have been rewritten on the way; the request id starts with the time too. */
  static @Nullable Instant serverTime(OssError error, ResponseHead response) {
    return plausible(error.details().get("ServerTime"), Instant::parse)
        .or(() -> plausible(response.header("Date"), date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(date))))
        .or(() -> plausible(error.requestId(), id -> Instant.ofEpochSecond(Long.parseLong(id.substring(0, 8), 16))))
        .orElse(null);
  }

  private interface Reader {
    Instant read(String text);
  }

  private static Optional<Instant> plausible(@Nullable String text, Reader reader) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(text.trim())).filter(time -> time.isAfter(EARLIEST) && time.isBefore(LATEST));
    } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
