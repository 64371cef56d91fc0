package dev.ossresilience.apache5;

import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssServiceException;
import dev.ossresilience.report.OssThrottledException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** What OSS said in an error response, and what is known of such errors. */
public final class OssErrors {
  private OssErrors() {}

  /**
   * Describes a response with an error status; at most 64 KiB of its body are looked at. The body stays readable from its start: the
   * response's entity is replaced by one that begins with what was read. Never throws.
   */
  public static OssError of(ClassicHttpResponse response) {
    byte[] start = PeekedEntity.peek(response, ErrorParser.MAX_BODY_BYTES, () -> true);
    return ErrorParser.standard().parse(new ApacheResponseHead(response), start);
  }

  /**
   * Returns a response with a status of 2xx as it is; closes any other, without reading the rest of it, and throws what it says. For
   * callers that gave no context: with one the exception says more, and an error that OSS sends with a status of 2xx is recognised.
   *
   * @throws OssServiceException if the response isn't a success, also for 304; a {@link OssThrottledException} if a limit was exceeded
   */
  public static <R extends ClassicHttpResponse> R throwOnError(R response) throws OssServiceException {
    return throwOnError(response, (ExchangeReport) null);
  }

  /**
   * The same for the response to a call made with {@code context}, whose report the exception has. An error with a status of 2xx counts as
   * one: a failed callback (203), after which the object is stored nevertheless, and what OSS found out after it had answered 200.
   *
   * @throws OssServiceException if the response isn't a success, also for 304; a {@link OssThrottledException} if a limit was exceeded
   */
  public static <R extends ClassicHttpResponse> R throwOnError(R response, HttpContext context) throws OssServiceException {
    return throwOnError(response, OssHttpClients.reportOf(context));
  }

  private static <R extends ClassicHttpResponse> R throwOnError(R response, @Nullable ExchangeReport report) throws OssServiceException {
    if (response.getCode() / 100 == 2 && (report == null || report.outcome() == Outcome.SUCCESS)) {
      return response;
    }
    OssError error = of(response);
    Responses.abandon(response);
    throw OssServiceException.of(error, report);
  }
}
