package dev.ossresilience.testkit.auth;

import dev.ossresilience.http.Query;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import java.time.Instant;
import java.util.List;

/** The V1 signature of a presigned URL. */
record V1InQuery(Keys keys) implements Scheme {
  @Override
  public Access check(OssRequest request, Instant now) {
    Query query = request.query();
    String accessKeyId = query.first("OSSAccessKeyId");
    String expires = query.first("Expires");
    String signature = query.first("Signature");
    // Ten digits reach to the year 2286; whatever is missing or no number is no right to anything.
    if (accessKeyId == null || signature == null || expires == null || !expires.matches("\\d{1,10}")) {
      return new Access.Refused(Failure.of("AccessDenied").message("AccessDenied", "0003-00000001"));
    }
    Failure expired = SigningTime.expired(Instant.ofEpochSecond(Long.parseLong(expires)), now);
    if (expired != null) {
      return new Access.Refused(expired);
    }
    return new V1Claim(accessKeyId, query.first("security-token"), signature, List.of(expires)).verify(request, keys, now);
  }
}
