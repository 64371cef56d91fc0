package dev.ossresilience.report;

import java.io.IOException;
import java.time.Duration;

/** The total timeout left no room for another attempt, and the last one had no response: its exception is the cause. */
public final class OssDeadlineException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient ExchangeReport report;

  /** @param last what the last attempt ended with */
  public OssDeadlineException(ExchangeReport report, Duration totalTimeout, IOException last) {
    super(
        "no time for another attempt of " + report.subject() + " within the total timeout of " + totalTimeout + ": attempt " + report.attempts()
            + " ended with " + last.getClass().getSimpleName() + (last.getMessage() == null ? "" : " (" + last.getMessage() + ")"),
        last);
    this.report = report;
  }

  /** What happened in the call, attempt by attempt. */
  public ExchangeReport report() {
    return report;
  }
}
