package dev.ossresilience.testkit.fleet;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One kind of call that clients make. Immutable.
 *
 * @param method {@code PUT}, {@code GET}, or {@code POST} for an append
 * @param key null for a listing of the bucket
 * @param upload bytes of the request's body
 * @param download bytes of a success's body
 * @param weight how many of the calls are of this kind, in relation to the other kinds' weights
 */
public record Traffic(String method, String bucket, @Nullable String key, long upload, long download, double weight) {
  public Traffic {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(bucket, "bucket");
    if (upload < 0 || download < 0 || !(weight > 0)) {
      throw new IllegalArgumentException("bytes must not be negative, weights must be positive: "
               + upload + ", " + download + ", " + weight);
    }
  }

  /** PutObject of so many bytes. */
  public static Traffic put(String bucket, String key, long bytes) {
    return new Traffic("PUT", bucket, Objects.requireNonNull(key, "key"), bytes, 0, 1);
  }

  /** GetObject of so many bytes. */
  public static Traffic get(String bucket, String key, long bytes) {
    return new Traffic("GET", bucket, Objects.requireNonNull(key, "key"), 0, bytes, 1);
  }

  /** AppendObject of so many bytes, by every call to an object of its own. A client without the core repeats it as if nothing were stored. */
  public static Traffic append(String bucket, String key, long bytes) {
    return new Traffic("POST", bucket, Objects.requireNonNull(key, "key"), bytes, 0, 1);
  }

  boolean isAppend() {
    return method.equals("POST");
  }

  /** What asks for the state of the object. */
  Traffic question() {
    return new Traffic("HEAD", bucket, key, 0, 0, 1);
  }

  /** ListObjectsV2, which counts as a meta operation. */
  public static Traffic list(String bucket) {
    return new Traffic("GET", bucket, null, 0, 0, 1);
  }

  /** The same with another weight; it is 1 unless set here. */
  public Traffic weighing(double other) {
    return new Traffic(method, bucket, key, upload, download, other);
  }
}
