package dev.ossresilience.exchange;

import dev.ossresilience.http.RequestHead;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request for the object {@code k} in the bucket {@code logs}, or for the bucket. */
record Request(String method, String rawPath, @Nullable String rawQuery, Map<String, String> headers, long contentLength, boolean isBodyRepeatable) implements RequestHead {
  static Request get() {
    return new Request("GET", "/k", null, Map.of(), 0, true);
  }

  static Request head() {
    return new Request("HEAD", "/k", null, Map.of(), 0, true);
  }

  static Request append() {
    return new Request("POST", "/k", "append&position=10", Map.of("Content-Type", "text/plain"), 5, true);
  }

  /** With a body of {@code length} bytes. */
  static Request of(String method, @Nullable String query, long length) {
    return new Request(method, "/k", query, Map.of(), length, true);
  }

  static Request ofBucket(String method) {
    return new Request(method, "/", null, Map.of(), 0, true);
  }

  Request withQuery(String query) {
    return new Request(method, rawPath, query, headers, contentLength, isBodyRepeatable);
  }

  Request withHeader(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Request(method, rawPath, rawQuery, more, contentLength, isBodyRepeatable);
  }

  /** Its body is a stream that can be read once. */
  Request once() {
    return new Request(method, rawPath, rawQuery, headers, contentLength, false);
  }

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public String host() {
    return "logs.oss-cn-hangzhou.aliyuncs.com";
  }

  @Override
  public int port() {
    return 443;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> visitor) {
    headers.forEach(visitor);
  }
}
