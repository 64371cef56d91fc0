package dev.ossresilience.report;

import dev.ossresilience.error.OssError;
import dev.ossresilience.error.Verdict;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * OSS answered with an error, for callers who would rather catch than look at a status: thrown by {@code OssErrors.throwOnError} of a
 * client's module, never by the client itself. The message names no secret, nor does {@link OssError#toString}.
 */
public class OssServiceException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient OssError error;
  private final transient @Nullable ExchangeReport report;

  OssServiceException(OssError error, @Nullable ExchangeReport report) {
    super(message(error, report));
    this.error = error;
    this.report = report;
  }

  /**
   * The exception for an error.
   *
   * @param report of the call, null if it wasn't one of ours
   */
  public static OssServiceException of(OssError error, @Nullable ExchangeReport report) {
    return error.verdict() == Verdict.THROTTLED ? new OssThrottledException(error, report) : new OssServiceException(error, report);
  }

  private static String message(OssError error, @Nullable ExchangeReport report) {
    StringBuilder message = new StringBuilder();
    if (report != null) {
      message.append(report.subject()).append(" was refused at attempt ").append(report.attempts()).append(": ");
    }
    message.append(error.status());
    if (error.code() != null) {
      message.append(' ').append(error.code());
    }
    String said = error.redactedMessage();
    if (said != null) {
      message.append(": ").append(said);
    }
    message.append(" (request id ").append(error.requestId()).append(error.ec() == null ? ")" : ", EC " + error.ec() + ")");
    return message.append(error.solution().isEmpty() ? "" : "; " + error.solution()).toString();
  }

  /** What OSS said, and what is known of such errors. */
  public final OssError error() {
    return error;
  }

  /** What happened in the call, attempt by attempt, with OSS's request ids; null if it wasn't one of ours. */
  public final @Nullable ExchangeReport report() {
    return report;
  }
}
