package dev.ossresilience.signing;

import dev.ossresilience.http.Query;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The V1 signature (HMAC-SHA1) for one date: both a signer's and a verifier's view of it, in the header and in the query.
 *
 * <p>It covers the method, {@code Content-MD5}, {@code Content-Type}, the date, all {@code x-oss-} headers, bucket and key, and those
 * query parameters that {@link #isSigned} names; no other header, and not the host.
 *
 * @param date the fourth line of the string to sign, as sent: the value of {@code Date} (OSS's Java SDK v2 and the documentation
 *     prefer {@code x-oss-date} where both are sent; Go and Java v1 don't), or of {@code Expires} in a presigned URL
 * @see <a href="https://www.alibabacloud.com/help/en/oss/developer-reference/add-signatures-to-headers">OSS: signature V1</a>
 */
public record V1(String date) {
  /** The first word of {@code Authorization}, with the space after it. */
  public static final String PREFIX = "OSS ";

  /** What the official SDKs for Java (3.18.4 and v2 0.4.0) and Go (v2 1.5.1) sign between them, but for {@code x-oss-} parameters. */
  private static final Set<String> SUB_RESOURCES =
      Set.of(
          "accessPoint", "accessPointPolicy", "acl", "append", "asyncFetch", "bucketArchiveDirectRead", "bucketInfo", "callback",
          "callback-var", "cleanRestoredObject", "cloudboxes", "cname", "comp", "continuation-token", "cors", "delete", "encryption",
          "endTime", "httpsConfig", "img", "inventory", "inventoryId", "lifecycle", "live", "location", "logging", "metaQuery",
          "objectMeta", "overwriteConfig", "partNumber", "policy", "policyStatus", "position", "processConfiguration",
          "publicAccessBlock", "qos", "qosInfo", "redundancyTransition", "referer", "regionList", "replication", "replicationLocation",
          "replicationProgress", "requestPayment", "resourceGroup", "response-cache-control", "response-content-disposition",
          "response-content-encoding", "response-content-language", "response-content-type", "response-expires", "restore", "seal",
          "security-token", "sequential", "startTime", "stat", "status", "style", "styleName", "symlink", "tagging",
          "transferAcceleration", "udf", "udfApplication", "udfApplicationLog", "udfImage", "udfImageDesc", "udfName", "uploadId",
          "uploads", "versionId", "versioning", "versions", "vip", "vod", "vpcip", "website", "worm", "wormExtend", "wormId");

  /** The signature of a URL that is good until {@code expires}, in whole seconds. */
  public static V1 presigned(Instant expires) {
    return new V1(Long.toString(expires.getEpochSecond()));
  }

  /** Whether a query parameter of that name is part of the string to sign. */
  public static boolean isSigned(String parameter) {
    return SUB_RESOURCES.contains(parameter) || parameter.startsWith("x-oss-");
  }

  /**
   * The request with the query that its presigned URL has, but for {@code Signature}, the {@link #signature} of the request returned.
   * To be called on {@link #presigned}, whose date becomes {@code Expires}; a security token becomes {@code security-token}.
   */
  public SigningRequest presignable(SigningRequest request, Credentials credentials) {
    Query query = request.query().with("OSSAccessKeyId", credentials.accessKeyId()).with("Expires", date);
    String token = credentials.securityToken();
    return request.withQuery(token == null ? query : query.with("security-token", token));
  }

  /** What is signed, line by line; the last line, the resource, is neither encoded nor ended. */
  public String stringToSign(SigningRequest request) {
    StringBuilder out = new StringBuilder(256);
    out.append(request.method()).append('\n');
    out.append(request.headers().getOrDefault("content-md5", "")).append('\n');
    out.append(request.headers().getOrDefault("content-type", "")).append('\n');
    out.append(date).append('\n');
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (header.getKey().startsWith("x-oss-")) {
        out.append(header.getKey()).append(':').append(header.getValue()).append('\n');
      }
    }
    return out.append(resource(request)).toString();
  }

  /** The signature in Base64: 28 characters, among them {@code +}, {@code /} and {@code =}, to be encoded in a URL. */
  public String signature(SigningRequest request, String accessKeySecret) {
    byte[] key = accessKeySecret.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(Hmac.of("HmacSHA1", key, stringToSign(request)));
  }

  /** The value of {@code Authorization}. */
  public static String authorization(String accessKeyId, String signature) {
    return PREFIX + accessKeyId + ":" + signature;
  }

  private static String resource(SigningRequest request) {
    Map<String, String> sorted = new TreeMap<>();
    for (Query.Parameter parameter : request.query().parameters()) {
      if (isSigned(parameter.name())) {
        sorted.put(parameter.name(), parameter.value());
      }
    }
    StringBuilder out = new StringBuilder("/");
    if (request.bucket() != null) {
      out.append(request.bucket()).append('/').append(request.key() == null ? "" : request.key());
    }
    char separator = '?';
    for (Map.Entry<String, String> parameter : sorted.entrySet()) {
      out.append(separator).append(parameter.getKey()).append(parameter.getValue().isEmpty() ? "" : "=" + parameter.getValue());
      separator = '&';
    }
    return out.toString();
  }
}
