package dev.ossresilience.exchange;

import dev.ossresilience.OssResilience;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.OssEvent.AttemptAnswered;
import dev.ossresilience.report.OssEvent.AttemptFailed;
import dev.ossresilience.report.OssEvent.CallEnded;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What the log says of calls: one line at WARN for one that failed for good or whose outcome is unknown, one at INFO for a change of the
 * circuit breaker, all else at DEBUG.
 */
final class CallLog {
  private static final Logger LOG = LoggerFactory.getLogger(OssResilience.class);

  /** Answers to conditions that the caller has set: he asked to be told so. */
  private static final List<String> CONDITIONS = List.of("304", "412", "416", "409 FileAlreadyExists", "409 PositionNotEqualToLength");

  private CallLog() {}

  /** Whether it is of any use to {@link #note} events. */
  static boolean isDetailed() {
    return LOG.isDebugEnabled();
  }

  static void note(OssEvent event) {
    if (!LOG.isDebugEnabled() || event instanceof OssEvent.CallStarted || event instanceof OssEvent.AttemptStarted || event instanceof CallEnded || event instanceof OssEvent.Ambiguous || event instanceof OssEvent.BreakerChanged) {
      return; // said elsewhere: what became of it
    }
    if (event instanceof AttemptAnswered answered && answered.isSuccessful()) {
      return; // said with the call's end
    }
    LOG.debug("{}: {}", event.call().subject(), words(event));
  }

  private static String words(OssEvent event) {
    if (event instanceof AttemptAnswered a) {
      return what(a.kind(), a.number()) + " was answered with " + a.status() + (a.code() == null ? "" : " " + a.code()) + " after " + millis(a.took())
          + " (request id " + a.requestId() + ")";
    } else if (event instanceof AttemptFailed f) {
      return what(f.kind(), f.number()) + " ended with " + f.exception() + " after " + millis(f.took());
    } else if (event instanceof OssEvent.RepeatedByClient r) {
      return "repeated by the HTTP client " + r.times() + " times";
    } else if (event instanceof OssEvent.HeldBack h) {
      return "held back by OSS for " + millis(h.delay());
    } else if (event instanceof OssEvent.Waiting w) {
      return "waits " + millis(w.delay()) + ", " + w.reason();
    } else if (event instanceof OssEvent.Stopped s) {
      return "no further attempt, " + s.reason();
    } else if (event instanceof OssEvent.ClockCorrected c) {
      return "the server's clock is " + c.offset() + " ahead of this machine's, and was taken for " + c.before();
    } else if (event instanceof OssEvent.CredentialsRefreshed c) {
      return "the credentials were refused, and there are " + (c.changed() ? "others" : "no others");
    } else if (event instanceof OssEvent.AppendMoved m) {
      return "moves from position " + m.from() + " to " + m.to();
    } else if (event instanceof OssEvent.Verified v) {
      return "the server has proven that it was done, " + v.reason();
    }
    return event.getClass().getSimpleName();
  }

  private static String what(Event.Kind kind, int number) {
    return (kind == Event.Kind.PROBE ? "question " : "attempt ") + number;
  }

  /** All calls share it: it is said once. */
  static void breaker(OssEvent.BreakerChanged change) {
    LOG.info("the endpoint's circuit breaker went from {} to {}, noticed by {}", change.from(), change.to(), change.call().subject());
  }

  /** Whether {@link #ended} would say something of a call that ended so. */
  static boolean wants(ExchangeReport.Outcome outcome) {
    return outcome == ExchangeReport.Outcome.SUCCESS ? LOG.isDebugEnabled() : LOG.isWarnEnabled();
  }

  /** Says how a call ended. */
  static void ended(CallEnded end, boolean isRead) {
    Level level = level(end.report(), isRead);
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level).log(line(end));
    }
  }

  private static Level level(ExchangeReport report, boolean isRead) {
    return switch (report.outcome()) {
      case SUCCESS, CANCELLED -> Level.DEBUG;
      case CALLBACK_FAILED, EXCEPTION, AMBIGUOUS -> Level.WARN;
      case ERROR_RESPONSE -> isTheCallersBusiness(last(report), isRead) ? Level.DEBUG : Level.WARN;
    };
  }

  private static boolean isTheCallersBusiness(String result, boolean isRead) {
    boolean absent = isRead && result.startsWith("404") && !result.equals("404 NoSuchBucket");
    return absent || CONDITIONS.stream().anyMatch(result::startsWith);
  }

  private static String line(CallEnded end) {
    ExchangeReport report = end.report();
    String requestIds = report.events().stream().map(Event::requestId).filter(Objects::nonNull).collect(Collectors.joining(", "));
    String outcome = report.outcome() + (report.recovered() ? " (recovered)" : "");
    String took = millis(report.duration());
    String stopped = report.events().stream().filter(event -> event.kind() == Event.Kind.STOP).map(event -> ", " + event.reason()).findFirst().orElse("");
    return end.call().subject() + " ended with " + outcome + " after " + report.attempts() + (report.attempts() == 1 ? " attempt" : " attempts") + " in " + took
        + ", the last: " + last(report) + stopped + " (request ids: " + (requestIds.isEmpty() ? "none" : requestIds) + ")";
  }

  /** What came of the last attempt. */
  private static String last(ExchangeReport report) {
    return report.events().stream().filter(event -> event.kind() == Event.Kind.ATTEMPT).reduce((earlier, later) -> later).map(Event::result).orElse("not sent");
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
