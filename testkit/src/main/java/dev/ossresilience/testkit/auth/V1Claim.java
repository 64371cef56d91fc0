package dev.ossresilience.testkit.auth;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.signing.V1;
import dev.ossresilience.testkit.request.OssRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request with a V1 signature claims, wherever it says so.
 *
 * @param dates what may stand in the date's line of the string to sign; the SDKs differ, so each is tried
 */
record V1Claim(String accessKeyId, @Nullable String token, String signature, List<String> dates) {
  /**
   * All parameters that the Java SDK v2 (0.4.0) signs with V1, which is less than the other SDKs do. What OSS itself makes of a
   * request with {@code ?lifecycle} that was signed without it is not known; here it passes.
   */
  private static final Set<String> SIGNED_BY_JAVA_V2 =
      Set.of(
          "acl", "append", "bucketInfo", "callback", "callback-var", "cleanRestoredObject", "cloudboxes", "continuation-token", "cors",
          "delete", "location", "objectMeta", "overwriteConfig", "partNumber", "position", "regionList", "resourceGroup",
          "response-cache-control", "response-content-disposition", "response-content-encoding", "response-content-language",
          "response-content-type", "response-expires", "restore", "security-token", "sequential", "stat", "symlink", "tagging", "uploadId",
          "uploads", "versionId", "versioning", "versions");

  /** Checks it, in OSS's order: key, token, signature. */
  Access verify(OssRequest request, Keys keys, Instant now) {
    Keys.Lookup lookup = keys.find(accessKeyId, token, now);
    if (lookup instanceof Keys.Lookup.Unknown unknown) {
      return new Access.Refused(unknown.failure());
    }
    String secret = ((Keys.Lookup.Found) lookup).credentials().accessKeySecret();
    SigningRequest full = request.toSign();
    for (SigningRequest reading : List.of(full, asJavaV2(full))) {
      for (String date : dates) {
        if (new V1(date).signature(reading, secret).equals(signature)) {
          return new Access.Granted(accessKeyId);
        }
      }
    }
    return new Access.Refused(Mismatch.of(accessKeyId, signature, new V1(dates.get(0)).stringToSign(full)));
  }

  private static SigningRequest asJavaV2(SigningRequest full) {
    Query signed = new Query(full.query().parameters().stream().filter(each -> SIGNED_BY_JAVA_V2.contains(each.name())).toList());
    return new SigningRequest(full.method(), full.bucket(), full.key(), signed, full.headers());
  }
}
