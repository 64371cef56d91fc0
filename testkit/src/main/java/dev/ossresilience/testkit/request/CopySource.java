package dev.ossresilience.testkit.request;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.Query;
import org.jspecify.annotations.Nullable;

/** What {@code x-oss-copy-source} names: {@code /bucket/key}, percent-encoded, with {@code ?versionId=} behind it or not. */
public record CopySource(String bucket, String key, @Nullable String versionId) {
  /** Null if the header doesn't name a bucket and a key. */
  public static @Nullable CopySource parse(String header) {
    int question = header.indexOf('?'); // one that belongs to the key is percent-encoded
    String path = PercentEncoding.decode(question < 0 ? header : header.substring(0, question));
    String resource = path.startsWith("/") ? path.substring(1) : path;
    int slash = resource.indexOf('/');
    if (slash <= 0 || slash == resource.length() - 1) {
      return null;
    }
    String versionId = question < 0 ? null : Query.parse(header.substring(question + 1)).first("versionId");
    return new CopySource(resource.substring(0, slash), resource.substring(slash + 1), versionId);
  }
}
