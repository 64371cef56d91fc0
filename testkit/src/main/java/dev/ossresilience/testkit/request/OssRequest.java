package dev.ossresilience.testkit.request;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived in full, taken apart.
 *
 * @param target the path and query as sent
 * @param bucket decoded, null for the service itself
 * @param key decoded, null for the bucket itself
 * @param headers by lower-case name
 */
public record OssRequest(
    String method,
    String target,
    @Nullable String bucket,
    @Nullable String key,
    Query query,
    SortedMap<String, String> headers,
    ByteString body) {

  public static OssRequest of(RecordedRequest recorded) {
    String target = recorded.getTarget();
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String resource = path.startsWith("/") ? path.substring(1) : path;
    int slash = resource.indexOf('/');
    String bucket = slash < 0 ? resource : resource.substring(0, slash);
    String key = slash < 0 ? "" : resource.substring(slash + 1);
    ByteString body = recorded.getBody();
    return new OssRequest(
        recorded.getMethod(),
        target,
        bucket.isEmpty() ? null : PercentEncoding.decode(bucket),
        key.isEmpty() ? null : PercentEncoding.decode(key),
        Query.parse(question < 0 ? null : target.substring(question + 1)),
        byLowerCaseName(recorded.getHeaders()),
        body == null ? ByteString.EMPTY : body);
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
      headers.putIfAbsent(received.name(i).toLowerCase(Locale.ROOT), received.value(i));
    }
    return headers;
  }
}
