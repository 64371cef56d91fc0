package dev.ossresilience.signing;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The V4 signature for one moment, region and product: both a signer's and a verifier's view of it, in the header and in the query.
 *
 * @param timestamp {@code yyyyMMdd'T'HHmmss'Z'} in UTC
 * @see <a href="https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4">OSS: signature V4</a>
 */
public record V4(String timestamp, String region, String product) {
  /** The first word of the header and of the string to sign. */
  public static final String ALGORITHM = "OSS4-HMAC-SHA256";

  /** The longest that a presigned URL may be good, in seconds: 7 days, documented by OSS. */
  public static final long MAX_EXPIRES_SECONDS = 604_800;

  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * The moment as {@code x-oss-date} wants it, in whole seconds.
   *
   * @throws UnsignableException if it is before 1970 or after 9999
   */
  public static String timestamp(Instant time) {
    return TIMESTAMP.format(SigningTime.checked(time));
  }

  /** The UTC day of the timestamp, {@code yyyyMMdd}. */
  public String date() {
    return timestamp.substring(0, 8);
  }

  /** What the access key's secret is used for: day, region, product. */
  public String scope() {
    return date() + "/" + region + "/" + product + "/aliyun_v4_request";
  }

  /** The signing key of that scope. Costs four HMACs; keep it while the scope is the same. */
  public byte[] deriveKey(String accessKeySecret) {
    byte[] key = hmac(utf8("aliyun_v4" + accessKeySecret), date());
    return hmac(hmac(hmac(key, region), product), "aliyun_v4_request");
  }

  /**
   * The request with the query that its presigned URL has, but for {@code x-oss-signature}, the {@link #signature} of the request
   * returned. A security token becomes {@code x-oss-security-token}.
   *
   * @param additionalHeaders as for {@link #signature}; who uses the URL must send them with the same values
   * @param expiresSeconds how long the URL is good from this timestamp on
   * @throws IllegalArgumentException if {@code expiresSeconds} is not from 1 to {@link #MAX_EXPIRES_SECONDS}
   */
  public SigningRequest presignable(
      SigningRequest request, Credentials credentials, Collection<String> additionalHeaders, long expiresSeconds) {
    if (expiresSeconds < 1 || expiresSeconds > MAX_EXPIRES_SECONDS) {
      throw new IllegalArgumentException("a presigned URL can't be good for " + expiresSeconds + " s: use 1 to " + MAX_EXPIRES_SECONDS);
    }
    Query query =
        request
            .query()
            .with("x-oss-signature-version", ALGORITHM)
            .with("x-oss-credential", credentials.accessKeyId() + "/" + scope())
            .with("x-oss-date", timestamp)
            .with("x-oss-expires", Long.toString(expiresSeconds));
    SortedSet<String> additional = additional(request, additionalHeaders);
    if (!additional.isEmpty()) {
      query = query.with("x-oss-additional-headers", String.join(";", additional));
    }
    String token = credentials.securityToken();
    return request.withQuery(token == null ? query : query.with("x-oss-security-token", token));
  }

  /**
   * The signature in lower-case hex.
   *
   * @param additionalHeaders names of headers to sign besides those that always are; absent ones are left out
   * @param key of {@link #deriveKey}
   */
  public String signature(SigningRequest request, Collection<String> additionalHeaders, byte[] key) {
    return hex(hmac(key, stringToSign(canonicalRequest(request, additionalHeaders))));
  }

  /** What is signed: algorithm, moment, scope and the SHA-256 of the canonical request, one per line. */
  public String stringToSign(String canonicalRequest) {
    return ALGORITHM + "\n" + timestamp + "\n" + scope() + "\n" + hex(sha256(utf8(canonicalRequest)));
  }

  /** The value of {@code Authorization}. */
  public String authorization(String accessKeyId, Collection<String> signedAdditionalHeaders, String signature) {
    String additional = signedAdditionalHeaders.isEmpty() ? "" : ",AdditionalHeaders=" + String.join(";", signedAdditionalHeaders);
    return ALGORITHM + " Credential=" + accessKeyId + "/" + scope() + additional + ",Signature=" + signature;
  }

  /** Those of the wanted additional headers that the request has and V4 would not sign anyway: lower case, sorted. */
  public static SortedSet<String> additional(SigningRequest request, Collection<String> wanted) {
    SortedSet<String> names = new TreeSet<>();
    for (String name : wanted) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (request.headers().containsKey(lower) && !isSignedByDefault(lower)) {
        names.add(lower);
      }
    }
    return names;
  }

  /**
   * The request in the one form that signer and verifier agree on. A parameter {@code x-oss-signature} is left out, so that a
   * verifier may pass the query as it was received.
   */
  public static String canonicalRequest(SigningRequest request, Collection<String> additionalHeaders) {
    SortedSet<String> additional = additional(request, additionalHeaders);
    StringBuilder out = new StringBuilder(512);
    out.append(request.method()).append('\n').append(canonicalUri(request)).append('\n').append(canonicalQuery(request.query())).append('\n');
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (isSignedByDefault(header.getKey()) || additional.contains(header.getKey())) {
        out.append(header.getKey()).append(':').append(header.getValue()).append('\n');
      }
    }
    out.append('\n').append(String.join(";", additional)).append('\n');
    return out.append(request.headers().getOrDefault("x-oss-content-sha256", "UNSIGNED-PAYLOAD")).toString();
  }

  private static String canonicalUri(SigningRequest request) {
    if (request.bucket() == null) {
      return "/";
    }
    return PercentEncoding.encode("/" + request.bucket() + "/" + (request.key() == null ? "" : request.key()), true);
  }

  private static String canonicalQuery(Query query) {
    Map<String, String> sorted = new TreeMap<>();
    for (Query.Parameter parameter : query.parameters()) {
      if (!parameter.name().equals("x-oss-signature")) {
        sorted.put(PercentEncoding.encode(parameter.name(), false), PercentEncoding.encode(parameter.value(), false));
      }
    }
    StringBuilder out = new StringBuilder();
    sorted.forEach((name, value) -> out.append(out.isEmpty() ? "" : "&").append(name).append(value.isEmpty() ? "" : "=" + value));
    return out.toString();
  }

  private static boolean isSignedByDefault(String lowerName) {
    return lowerName.startsWith("x-oss-") || lowerName.equals("content-type") || lowerName.equals("content-md5");
  }

  private static byte[] hmac(byte[] key, String text) {
    return Hmac.of("HmacSHA256", key, text);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256, which every Java platform must have", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
