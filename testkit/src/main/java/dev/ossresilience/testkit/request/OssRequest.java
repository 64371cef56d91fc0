package dev.ossresilience.testkit.request;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import dev.ossresilience.signing.SigningRequest;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived in full, taken apart.
 *
 * @param target the path and query as sent, with the host before them if they came through a proxy
 * @param host the host asked for, in lower case, without a port
 * @param flaw what is wrong with the target; bucket and key are null then
 * @param bucket decoded, null for the service itself
 * @param key decoded, null for the bucket itself
 * @param headers by lower-case name, values joined by a comma where a name came twice (RFC 9110, 5.3)
 */
public record OssRequest(
    String method,
    String target,
    String host,
    Flaw flaw,
    @Nullable String bucket,
    @Nullable String key,
    Query query,
    SortedMap<String, String> headers,
    ByteString body) {

  /** Why a request is not about anything, whoever sent it. */
  public enum Flaw {
    NONE,
    /** The bucket is in the path of a host that wants it in its name. */
    SECOND_LEVEL_DOMAIN,
    /** Nobody can tell what it asks. */
    UNREADABLE,
    /** Percent-escapes that are none, or that are not UTF-8. */
    BAD_ENCODING
  }

  private static final char REPLACEMENT = '\uFFFD';
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  public static OssRequest of(RecordedRequest recorded) {
    SortedMap<String, String> headers = byLowerCaseName(recorded.getHeaders());
    Address address = Address.of(recorded.getTarget(), headers.get("host"));
    ByteString body = recorded.getBody();
    Flaw flaw = flaw(address);
    boolean flawed = flaw != Flaw.NONE;
    return new OssRequest(
        recorded.getMethod(),
        recorded.getTarget(),
        address.host(),
        flaw,
        flawed || address.bucket() == null ? null : PercentEncoding.decode(address.bucket()),
        flawed || address.key().isEmpty() ? null : PercentEncoding.decode(address.key()),
        Query.parse(address.query()),
        headers,
        body == null ? ByteString.EMPTY : body);
  }

  /** One that can't be read any further, as far as an answer needs it. */
  public static OssRequest unreadable(String method, String target, SortedMap<String, String> headers) {
    String host = Address.of(target, headers.get("host")).host();
    return new OssRequest(method, target, host, Flaw.UNREADABLE, null, null, Query.parse(null), headers, ByteString.EMPTY);
  }

  private static Flaw flaw(Address address) {
    String all = (address.bucket() == null ? "" : address.bucket()) + "/" + address.key();
    if (isBroken(all) || (address.query() != null && isBroken(address.query()))) {
      return Flaw.BAD_ENCODING;
    }
    return address.secondLevel() ? Flaw.SECOND_LEVEL_DOMAIN : Flaw.NONE;
  }

  private static boolean isBroken(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return false;
    }
    // The decoder puts U+FFFD for what is not UTF-8, which would make two keys one; sent as such it is a character like others.
    boolean replaced = PercentEncoding.decode(encoded).indexOf(REPLACEMENT) >= 0 && !encoded.toUpperCase(Locale.ROOT).contains("%EF%BF%BD");
    return replaced || BROKEN_ESCAPE.matcher(encoded).find();
  }

  /** The same with the lowest bit of the body's first byte turned over. */
  public OssRequest damaged() {
    byte[] bytes = body.toByteArray();
    bytes[0] ^= 1;
    return new OssRequest(method, target, host, flaw, bucket, key, query, headers, ByteString.of(bytes));
  }

  /** What a signature of it covers. */
  public SigningRequest toSign() {
    return new SigningRequest(method, bucket, key, query, headers);
  }

  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** The bucket of a request that is known to have one. */
  public String bucketName() {
    return Objects.requireNonNull(bucket, "bucket");
  }

  /** The key of a request that is known to have one. */
  public String keyName() {
    return Objects.requireNonNull(key, "key");
  }

  public boolean isAppend() {
    return method.equals("POST") && query.has("append");
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  private static SortedMap<String, String> byLowerCaseName(Headers received) {
    SortedMap<String, String> headers = new TreeMap<>();
    for (int i = 0; i < received.size(); i++) {
      headers.merge(received.name(i).toLowerCase(Locale.ROOT), received.value(i), (first, next) -> first + "," + next);
    }
    return headers;
  }
}
