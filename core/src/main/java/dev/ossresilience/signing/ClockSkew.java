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

  /** A clock that runs at all is off by less, unless it lost its time altogether and began at some year before {@link #EARLIEST}. */
  private static final Duration MOST = Duration.ofDays(3650);

  /** Far within OSS's tolerance of 15 minutes, far beyond what the round trip can blur. */
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  private volatile Duration offset = Duration.ZERO;

  /** What to add to the local clock. */
  public Duration offset() {
    return offset;
  }

  /**
   * How far the server's clock is ahead of our raw one, by a response; null if that can't be read from it, or if it wasn't OSS that
   * answered.
   *
   * @param roundTrip from the request's start to the response, by a clock that never jumps; half of it passed since the server looked
   * @param received raw local time after the response
   */
  public static @Nullable Duration measure(OssError error, ResponseHead response, Duration roundTrip, Instant received) {
    Instant server = error.requestId() == null ? null : serverTime(error, response);
    if (server == null) {
      return null;
    }
    Duration skew = Duration.between(received.minus(roundTrip.dividedBy(2)), server);
    boolean believable = received.isBefore(EARLIEST) || skew.abs().compareTo(MOST) <= 0;
    return believable ? skew : null;
  }

  /**
   * Takes the server's clock for the true one. If the corrected clock agrees with it after all nothing is changed: then it was the request
   * that was old, or another call has corrected the clock meanwhile.
   *
   * @param measured by {@link #measure}
   */
  public void learn(Duration measured) {
    if (measured.minus(offset).abs().compareTo(TOLERATED) > 0) {
      offset = measured;
    }
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
