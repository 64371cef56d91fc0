package dev.ossresilience.testkit;

import dev.ossresilience.crc.Crc64;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** The operations on objects that the simulator knows: put, get, head, delete and append. What it doesn't know it refuses. */
final class Operations {
  /** Headers that would change what an operation does: answering 200 without heeding them would make a test believe in something untrue. */
  private static final Set<String> NOT_SIMULATED =
      Set.of(
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "x-oss-callback",
          "x-oss-copy-source",
          "x-oss-forbid-overwrite",
          "x-oss-symlink-target");

  private final Store store;
  private final ServerClock clock;

  Operations(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Carries out a request that has passed authentication, in one step as seen by all others. */
  Outcome handle(OssRequest request) {
    String bucket = request.bucket();
    String key = request.key();
    for (String header : NOT_SIMULATED) {
      if (request.header(header) != null) {
        return notSimulated(request, header);
      }
    }
    if (bucket == null || key == null) {
      return notSimulated(request, null);
    }
    boolean reads = request.isHead() || request.method().equals("GET");
    if (reads && (!"0".equals(request.headers().getOrDefault("content-length", "0")) || request.header("transfer-encoding") != null)) {
      return notSimulated(request, "a body").closing();
    }
    synchronized (store) {
      if (!store.hasBucket(bucket)) {
        return Failure.of("NoSuchBucket").element("BucketName", bucket);
      }
      if (request.isAppend()) {
        return append(request, bucket, key);
      }
      if (!request.query().parameters().isEmpty()) {
        return notSimulated(request, null);
      }
      return switch (request.method()) {
        case "PUT" -> put(request, bucket, key);
        case "GET", "HEAD" -> read(request, bucket, key);
        case "DELETE" -> {
          store.remove(bucket, key);
          yield Answer.of(204);
        }
        default -> notSimulated(request, null);
      };
    }
  }

  private Outcome put(OssRequest request, String bucket, String key) {
    Failure damaged = damage(request);
    if (damaged != null) {
      return damaged;
    }
    String crc = request.header("x-oss-hash-crc64ecma");
    if (crc != null && !crc.equals(Long.toUnsignedString(Crc64.of(request.body().toByteArray())))) {
      return Failure.of("InvalidCRC64");
    }
    StoredObject object = StoredObject.normal(request.body(), metadata(request), clock.now());
    store.put(bucket, key, object);
    return Answer.of(200)
        .with("ETag", object.etag())
        .with("Content-MD5", request.body().md5().base64())
        .with("x-oss-hash-crc64ecma", object.crc64());
  }

  private Outcome append(OssRequest request, String bucket, String key) {
    String text = request.query().first("position");
    if (text == null || text.isEmpty()) {
      return Failure.of("MissingArgument").element("ArgumentName", "position");
    }
    if (!text.matches("\\d{1,18}")) {
      return Failure.of("InvalidArgument")
          .message("Invalid Argument", "0016-00000501")
          .element("ArgumentName", "position")
          .element("ArgumentValue", text);
    }
    StoredObject object = store.get(bucket, key);
    if (object != null && !object.isAppendable()) {
      return Failure.of("ObjectNotAppendable");
    }
    int length = object == null ? 0 : object.length();
    if (Long.parseLong(text) != length) {
      return Failure.of("PositionNotEqualToLength").header("x-oss-next-append-position", Integer.toString(length));
    }
    Failure damaged = damage(request);
    if (damaged != null) {
      return damaged;
    }
    if (object == null) {
      object = StoredObject.appendable(metadata(request), clock.now());
      store.put(bucket, key, object);
    }
    object.append(request.body(), clock.now());
    return Answer.of(200)
        .with("ETag", object.etag())
        .with("x-oss-hash-crc64ecma", object.crc64())
        .with("x-oss-next-append-position", Integer.toString(object.length()));
  }

  private Outcome read(OssRequest request, String bucket, String key) {
    StoredObject object = store.get(bucket, key);
    if (object == null) {
      return Failure.of("NoSuchKey").element("Key", key);
    }
    int length = object.length();
    boolean standard = "standard".equals(request.header("x-oss-range-behavior"));
    ByteRange.Reading reading = ByteRange.read(request.isHead() ? null : request.header("range"), standard, length);
    if (reading.kind() == ByteRange.Kind.UNSATISFIABLE) {
      return Failure.of("InvalidRange").header("Content-Range", "bytes */" + length);
    }
    boolean part = reading.kind() == ByteRange.Kind.PART;
    ByteRange range = reading.range();
    Answer answer =
        Answer.of(part ? 206 : 200)
            .withAll(object.metadata())
            .with("Content-Length", Integer.toString(range.to() - range.from()))
            .with("Accept-Ranges", "bytes")
            .with("ETag", object.etag())
            .with("Last-Modified", HttpDates.format(object.lastModified()))
            .with("x-oss-object-type", object.isAppendable() ? "Appendable" : "Normal")
            .with("x-oss-storage-class", "Standard")
            .with("x-oss-hash-crc64ecma", object.crc64()); // of the whole object, whatever the range
    if (object.isAppendable()) {
      answer = answer.with("x-oss-next-append-position", Integer.toString(length));
    }
    if (part) {
      answer = answer.with("Content-Range", range.contentRange(length));
    }
    return request.isHead() ? answer : answer.withBody(ByteString.of(object.slice(range.from(), range.to())));
  }

  /** The error if the body isn't the one that its Content-MD5 was made of. */
  private static @Nullable Failure damage(OssRequest request) {
    String md5 = request.header("content-md5");
    return md5 == null || md5.equals(request.body().md5().base64()) ? null : Failure.of("InvalidDigest");
  }

  private static SortedMap<String, String> metadata(OssRequest request) {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("Content-Type", request.headers().getOrDefault("content-type", "application/octet-stream"));
    request.headers().forEach((name, value) -> {
      if (name.startsWith("x-oss-meta-")) {
        metadata.put(name, value);
      }
    });
    return metadata;
  }

  /** 501 and not OSS's 400 NotImplemented: it must be plain that the simulator is at its end, not the caller. */
  static Failure notSimulated(OssRequest request, @Nullable String because) {
    String what = request.method() + " " + request.target() + (because == null ? "" : " with " + because);
    return Failure.of("NotImplemented").status(501).message("The simulator doesn't do " + what, "");
  }
}
