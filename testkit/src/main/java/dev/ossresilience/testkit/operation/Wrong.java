package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import org.jspecify.annotations.Nullable;

/** What can be wrong with requests of several operations. */
final class Wrong {
  private Wrong() {}

  static Failure argument(String name, String value) {
    return Failure.of("InvalidArgument").element("ArgumentName", name).element("ArgumentValue", value);
  }

  /** The error if the body isn't the one that its Content-MD5 was made of. */
  static @Nullable Failure digest(OssRequest request) {
    String md5 = request.header("content-md5");
    return md5 == null || md5.equals(request.body().md5().base64()) ? null : Failure.of("InvalidDigest");
  }

  static Failure xml(String detail, String ec) {
    Failure malformed = Failure.of("MalformedXML");
    return malformed.message(malformed.message(), ec).element("ErrorDetail", detail);
  }
}
