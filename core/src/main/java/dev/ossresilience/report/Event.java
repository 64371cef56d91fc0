package dev.ossresilience.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in an exchange.
 *
 * @param start since the exchange began
 * @param result what came of it: status and code of a response, the class of an exception; holds no server text but the code
 * @param requestId OSS's id of the request, null without a response from OSS
 * @param reason why it was done, null for the first attempt
 */
public record Event(Kind kind, Duration start, Duration duration, String result, @Nullable String requestId, @Nullable Reason reason) {
  /** What kind of thing. */
  public enum Kind {
    /** The caller's request was sent. */
    ATTEMPT,
    /** A request of ours asked what had happened. */
    PROBE,
    /** Nothing was sent on purpose. */
    WAIT,
    /** It was decided not to send anything more, although it might have been. */
    STOP
  }
}
