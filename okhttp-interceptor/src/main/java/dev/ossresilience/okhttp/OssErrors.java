package dev.ossresilience.okhttp;

import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssServiceException;
import dev.ossresilience.report.OssThrottledException;
import okhttp3.Response;

/** What OSS said in an error response, and what is known of such errors. */
public final class OssErrors {
  private OssErrors() {}

  /** Describes a response with an error status. Its body stays readable; at most 64 KiB of it are looked at. Never throws. */
  public static OssError of(Response response) {
    return ErrorParser.standard().parse(new ResponseView(response), ResponseView.peek(response, ErrorParser.MAX_BODY_BYTES, () -> true));
  }

  /**
   * Returns a successful response as it is; closes any other and throws what it says, with the report of its call. An error with a status
   * of 2xx counts as one: a failed callback (203), after which the object is stored nevertheless, and what OSS found out after it had
   * answered 200.
   *
   * @throws OssServiceException if the response isn't a success, also for 304; a {@link OssThrottledException} if a limit was exceeded
   */
  public static Response throwOnError(Response response) throws OssServiceException {
    ExchangeReport report = OssRetryInterceptor.reportOf(response);
    if (response.isSuccessful() && (report == null || report.outcome() == Outcome.SUCCESS)) {
      return response;
    }
    OssError error = of(response);
    response.close();
    throw OssServiceException.of(error, report);
  }
}
