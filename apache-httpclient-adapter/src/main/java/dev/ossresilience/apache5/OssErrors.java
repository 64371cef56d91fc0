package dev.ossresilience.apache5;

import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import org.apache.hc.core5.http.ClassicHttpResponse;

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
}
