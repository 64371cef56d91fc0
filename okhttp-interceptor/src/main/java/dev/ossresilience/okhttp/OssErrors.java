package dev.ossresilience.okhttp;

import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import okhttp3.Response;

/** What OSS said in an error response, and what is known of such errors. */
public final class OssErrors {
  private OssErrors() {}

  /** Describes a response with an error status. Its body stays readable; at most 64 KiB of it are looked at. Never throws. */
  public static OssError of(Response response) {
    return ErrorParser.standard().parse(new ResponseView(response), ResponseView.peek(response, ErrorParser.MAX_BODY_BYTES, () -> true));
  }
}
