package dev.ossresilience.testkit.auth;

import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.time.HttpDates;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a request says it was signed, and whether that is near enough to now. */
final class SigningTime {
  /** How far a request's date may be off, in either direction: 15 minutes, documented by OSS. */
  private static final Duration MAX_SKEW = Duration.ofMinutes(15);

  /** Also said of a Date header that can't be read, for example one with a single digit for the day. */
  private static final String NO_DATE = "OSS authentication requires a valid Date.";

  private static final String BAD_FORMAT = "Bad date format.";

  /** The moment, or why there is none that counts. */
  sealed interface Reading {
    record Good(Instant time) implements Reading {}

    record Bad(Failure failure) implements Reading {}
  }

  private SigningTime() {}

  /** Of a request signed in its header: {@code x-oss-date}, and {@code Date} only where that is missing. */
  static Reading ofHeader(OssRequest request, Instant now) {
    return ofHeader(request, request.header("x-oss-date") != null ? "x-oss-date" : "date", now);
  }

  /** Of a request signed in its header, by one of the two headers. */
  static Reading ofHeader(OssRequest request, String name, Instant now) {
    Reading reading = parse(request.header(name), name.equals("date") ? NO_DATE : BAD_FORMAT);
    if (reading instanceof Reading.Good good && Duration.between(good.time(), now).abs().compareTo(MAX_SKEW) > 0) {
      return new Reading.Bad(skewed(good.time(), now));
    }
    return reading;
  }

  /** Of a presigned URL: it may be old, its expiry takes care of that, but not of the future. */
  static Reading ofQuery(OssRequest request, Instant now) {
    Reading reading = parse(request.query().first("x-oss-date"), BAD_FORMAT);
    if (reading instanceof Reading.Good good && Duration.between(now, good.time()).compareTo(MAX_SKEW) > 0) {
      return new Reading.Bad(skewed(good.time(), now));
    }
    return reading;
  }

  /** The error if a presigned URL isn't good any more, or null. */
  static @Nullable Failure expired(Instant expires, Instant now) {
    return now.isBefore(expires.plusSeconds(1)) // it is good during its last second
        ? null
        : Failure.of("AccessDenied")
            .message("Request has expired.", "0002-00000069")
            .element("Expires", HttpDates.iso(expires))
            .element("ServerTime", HttpDates.iso(now));
  }

  private static Reading parse(@Nullable String text, String ifUnreadable) {
    Instant time = text == null ? null : HttpDates.parse(text.trim());
    return time != null
        ? new Reading.Good(time)
        : new Reading.Bad(Failure.of("AccessDenied").message(text == null ? NO_DATE : ifUnreadable, "0002-00000503"));
  }

  private static Failure skewed(Instant time, Instant now) {
    return Failure.of("RequestTimeTooSkewed")
        .element("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()))
        .element("RequestTime", HttpDates.iso(time))
        .element("ServerTime", HttpDates.iso(now));
  }
}
