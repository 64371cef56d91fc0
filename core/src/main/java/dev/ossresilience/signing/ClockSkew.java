package dev.ossresilience.signing;

import dev.ossresilience.error.OssError;
import dev.ossresilience.http.ResponseHead;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
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

  /** The request id tells the arrival, {@code Date} the answer: apart by what the work took, and little more. */
  private static final Duration SAME = Duration.ofMinutes(5);

  private volatile Duration offset = Duration.ZERO;

  /** What to add to the local clock. */
  public Duration offset() {
    return offset;
  }

  /**
   * How far a server's clock is ahead of our raw one: the server looked at it at some moment between the request and its answer.
   *
   * @param least if it looked when the answer came
   * @param most if it looked when the request began
   */
  public record Measured(Duration least, Duration most) {
    /** If it looked halfway, which is the best guess. */
    public Duration middle() {
      return least.plus(most.minus(least).dividedBy(2));
    }

    /** How far an offset is from all that is possible; zero if it is possible. */
    public Duration distance(Duration offset) {
      Duration over = offset.minus(most);
      Duration under = least.minus(offset);
      Duration further = over.compareTo(under) > 0 ? over : under;
      return further.isNegative() ? Duration.ZERO : further;
    }
  }

  /**
   * How far the server's clock is ahead of our raw one, by a response; null if that can't be read from it, or if it wasn't OSS that
   * answered.
   *
   * @param roundTrip from the request's start to the response, by a clock that never jumps
   * @param received raw local time after the response
   */
  public static @Nullable Measured measure(OssError error, ResponseHead response, Duration roundTrip, Instant received) {
    Instant server = error.requestId() == null ? null : serverTime(error, response);
    if (server == null) {
      return null;
    }
    Duration least = Duration.between(received, server);
    boolean believable = received.isBefore(EARLIEST) || least.abs().compareTo(MOST) <= 0;
    return believable ? new Measured(least, least.plus(roundTrip)) : null;
  }

  /**
   * Takes the server's clock for the true one. If the corrected clock may agree with it after all nothing is changed: then it was the
   * request that was old, or another call has corrected the clock meanwhile.
   *
   * @param measured by {@link #measure}
   */
  public void learn(Measured measured) {
    if (measured.distance(offset).compareTo(TOLERATED) > 0) {
      offset = measured.middle();
    }
  }

  /** Forgets {@code learned} again if that is still the offset, for {@code before}: it was only a guess, and a wrong one. */
  public void forget(Duration learned, Duration before) {
    if (offset.equals(learned)) {
      offset = before;
    }
  }

  /**
   * From the error document; else from the {@code Date} header, unless the request id, which begins with the server's time and which nobody
   * rewrites on the way, says otherwise.
   */
  private static @Nullable Instant serverTime(OssError error, ResponseHead response) {
    Instant document = plausible(error.details().get("ServerTime"), Instant::parse);
    if (document != null) {
      return document;
    }
    Instant date = date(response);
    Instant id = arrival(error);
    return date == null || (id != null && Duration.between(id, date).abs().compareTo(SAME) > 0) ? id : date;
  }

  /** Whether nothing contradicts what the headers say of the time: what a guess needs, for which there is no document. */
  public static boolean isConsistent(OssError error, ResponseHead response) {
    Instant date = date(response);
    Instant id = arrival(error);
    boolean fresh = response.header("Age") == null; // else a cache answered, some time ago
    return fresh && date != null && id != null && Duration.between(id, date).abs().compareTo(SAME) <= 0;
  }

  private static @Nullable Instant date(ResponseHead response) {
    DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
    return plausible(response.header("Date"), text -> Instant.from(format.parse(text)));
  }

  private static @Nullable Instant arrival(OssError error) {
    return plausible(error.requestId(), text -> Instant.ofEpochSecond(Long.parseLong(text.substring(0, 8), 16)));
  }

  private interface Reader {
    Instant read(String text);
  }

  private static @Nullable Instant plausible(@Nullable String text, Reader reader) {
    if (text == null) {
      return null;
    }
    try {
      Instant time = reader.read(text.trim());
      return time.isAfter(EARLIEST) && time.isBefore(LATEST) ? time : null;
    } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
