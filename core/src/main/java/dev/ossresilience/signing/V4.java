package dev.ossresilience.signing;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
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

  /**
   * The moment as {@code x-oss-date} wants it, in whole seconds.
   *
   * @throws UnsignableException if it is before 1970 or after 9999
   */
  public static String timestamp(Instant time) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(SigningTime.checked(time).getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(16); // by hand: a DateTimeFormatter takes a quarter of the time of a signature
    twoDigits(twoDigits(out, utc.getYear() / 100), utc.getYear() % 100);
    twoDigits(twoDigits(out, utc.getMonthValue()), utc.getDayOfMonth()).append('T');
    return twoDigits(twoDigits(twoDigits(out, utc.getHour()), utc.getMinute()), utc.getSecond()).append('Z').toString();
  }

  private static StringBuilder twoDigits(StringBuilder out, int number) {
    return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
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
    byte[] key = ("aliyun_v4" + accessKeySecret).getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(date(), region, product, "aliyun_v4_request")) {
      key = new HmacSha256(key).of(part);
    }
    return key;
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
    return signature(request, Map.of(), additional(request, additionalHeaders), new HmacSha256(key));
  }

  /**
   * The same for a signer, which uses its key more than once and doesn't copy a request to add its own headers.
   *
   * @param own headers with names in lower case that begin with {@code x-oss-}, each replacing the request's; an empty value removes it
   * @param additional of {@link #additional}
   */
  String signature(SigningRequest request, Map<String, String> own, Collection<String> additional, HmacSha256 key) {
    return HexFormat.of().formatHex(key.of(stringToSign(canonicalRequest(request, own, additional))));
  }

  /** What is signed: algorithm, moment, scope and the SHA-256 of the canonical request, one per line. */
  public String stringToSign(String canonicalRequest) {
    return ALGORITHM + "\n" + timestamp + "\n" + scope() + "\n" + Sha256.hex(canonicalRequest);
  }

  /** The value of {@code Authorization}. */
  public String authorization(String accessKeyId, Collection<String> signedAdditionalHeaders, String signature) {
    String additional = signedAdditionalHeaders.isEmpty() ? "" : ",AdditionalHeaders=" + String.join(";", signedAdditionalHeaders);
    return ALGORITHM + " Credential=" + accessKeyId + "/" + scope() + additional + ",Signature=" + signature;
  }

  /** Those of the wanted additional headers that the request has and V4 would not sign anyway: lower case, sorted. */
  public static SortedSet<String> additional(SigningRequest request, Collection<String> wanted) {
    if (wanted.isEmpty()) {
      return Collections.emptySortedSet();
    }
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
    return canonicalRequest(request, Map.of(), additional(request, additionalHeaders));
  }

  private static String canonicalRequest(SigningRequest request, Map<String, String> own, Collection<String> additional) {
    StringBuilder out = new StringBuilder(512);
    out.append(request.method()).append('\n');
    appendUri(out, request);
    appendQuery(out.append('\n'), request.query());
    out.append('\n');
    SortedMap<String, String> signed = signedHeaders(request, own, additional);
    for (Map.Entry<String, String> header : signed.entrySet()) {
      out.append(header.getKey()).append(':').append(header.getValue()).append('\n');
    }
    out.append('\n').append(String.join(";", additional)).append('\n');
    return out.append(signed.getOrDefault("x-oss-content-sha256", "UNSIGNED-PAYLOAD")).toString();
  }

  private static SortedMap<String, String> signedHeaders(SigningRequest request, Map<String, String> own, Collection<String> additional) {
    SortedMap<String, String> signed = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (isSignedByDefault(header.getKey()) || additional.contains(header.getKey())) {
        signed.put(header.getKey(), header.getValue());
      }
    }
    for (Map.Entry<String, String> header : own.entrySet()) {
      if (header.getValue().isEmpty()) {
        signed.remove(header.getKey());
      } else {
        signed.put(header.getKey(), header.getValue());
      }
    }
    return signed;
  }

  private static void appendUri(StringBuilder out, SigningRequest request) {
    out.append('/');
    if (request.bucket() != null) {
      out.append(PercentEncoding.encode(request.bucket(), false)).append('/');
      out.append(request.key() == null ? "" : PercentEncoding.encode(request.key(), true));
    }
  }

  private static void appendQuery(StringBuilder out, Query query) {
    if (query.parameters().isEmpty()) {
      return;
    }
    Map<String, String> sorted = new TreeMap<>();
    for (Query.Parameter parameter : query.parameters()) {
      if (!parameter.name().equals("x-oss-signature")) {
        sorted.put(PercentEncoding.encode(parameter.name(), false), PercentEncoding.encode(parameter.value(), false));
      }
    }
    String separator = "";
    for (Map.Entry<String, String> parameter : sorted.entrySet()) {
      out.append(separator).append(parameter.getKey());
      if (!parameter.getValue().isEmpty()) {
        out.append('=').append(parameter.getValue());
      }
      separator = "&";
    }
  }

  private static boolean isSignedByDefault(String lowerName) {
    return lowerName.startsWith("x-oss-") || lowerName.equals("content-type") || lowerName.equals("content-md5");
  }
}
