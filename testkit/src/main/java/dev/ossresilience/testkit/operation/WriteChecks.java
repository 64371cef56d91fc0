package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Versioning;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Why OSS would refuse to write an object, whichever operation writes it. */
final class WriteChecks {
  /** In bytes of UTF-8. */
  private static final int MAX_KEY_BYTES = 1023;

  private WriteChecks() {}

  /** The error if the key or a header is not one that OSS takes. */
  static @Nullable Failure request(OssRequest request) {
    String key = request.keyName();
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      return Failure.of("InvalidObjectName").message("The Length of Object name must be less than 1024.", "");
    }
    if (key.startsWith("/") || key.startsWith("\\")) {
      return Failure.of("InvalidObjectName").element("ObjectName", key);
    }
    return ObjectHeaders.refused(request);
  }

  /** The error if the object exists and must not be overwritten. A bucket that keeps versions loses nothing, and OSS ignores the header. */
  static @Nullable Failure overwriting(OssRequest request, Bucket bucket) {
    boolean forbidden = "true".equalsIgnoreCase(request.header("x-oss-forbid-overwrite"));
    boolean matters = bucket.versioning() == Versioning.OFF && bucket.objects().containsKey(request.keyName());
    return forbidden && matters ? Failure.of("FileAlreadyExists") : null;
  }

  /** The error if nothing says how long the body is. */
  static @Nullable Failure length(OssRequest request) {
    boolean known = request.header("content-length") != null || request.header("transfer-encoding") != null;
    return known ? null : Failure.of("MissingContentLength");
  }

  /** The error if the body isn't the one that its Content-MD5 was made of. */
  static @Nullable Failure damage(OssRequest request) {
    String md5 = request.header("content-md5");
    return md5 == null || md5.equals(request.body().md5().base64()) ? null : Failure.of("InvalidDigest");
  }

  /** The error if an object of so many bytes can't get so many more: OSS stores longer ones, the simulator doesn't. */
  static @Nullable Failure room(long length, long more) {
    return StoredObject.fits(length, more)
        ? null
        : Failure.of("EntityTooLarge")
            .element("ProposedSize", Long.toString(length + more))
            .element("MaxSizeAllowed", Integer.toString(StoredObject.MAX_LENGTH));
  }

  /** The first error of several checks, which must be in the order in which OSS looks. */
  static @Nullable Failure first(@Nullable Failure... failures) {
    for (Failure failure : failures) {
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }
}
