package dev.ossresilience.testkit.operation;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PutObject and PutSymlink. */
final class ObjectWrites {
  private final Store store;
  private final ServerClock clock;

  ObjectWrites(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("PutObject", "PUT", Level.OBJECT, this::put)
            .heeding(ObjectHeaders.DESCRIBING)
            .heeding(Callback.HEADERS)
            .heeding("x-oss-hash-crc64ecma", "x-oss-forbid-overwrite"),
        Operation.of("PutSymlink", "PUT", Level.OBJECT, this::putSymlink)
            .with("symlink")
            .heeding(ObjectHeaders.DESCRIBING)
            .heeding("x-oss-symlink-target", "x-oss-forbid-overwrite"));
  }

  private Outcome put(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    Failure refused =
        WriteChecks.first(
            WriteChecks.request(request),
            WriteChecks.length(request),
            WriteChecks.overwriting(request, bucket),
            WriteChecks.damage(request),
            otherCrc(request));
    if (refused != null) {
      return refused;
    }
    StoredObject object = StoredObject.normal(request.body(), ObjectHeaders.metadata(request), clock.now());
    ObjectHeaders.describe(request, bucket, object);
    Answer answer =
        Answer.of(200)
            .with("ETag", object.etag())
            .with("Content-MD5", request.body().md5().base64())
            .with("x-oss-hash-crc64ecma", object.crc64());
    return Lookup.versioned(answer, bucket, bucket.put(request.keyName(), object));
  }

  private Outcome putSymlink(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    String target = request.headers().getOrDefault("x-oss-symlink-target", "");
    if (target.isEmpty()) {
      return Failure.of("MissingArgument").element("ArgumentName", "x-oss-symlink-target");
    }
    Failure refused = WriteChecks.first(WriteChecks.request(request), WriteChecks.overwriting(request, bucket));
    if (refused != null) {
      return refused;
    }
    StoredObject object = StoredObject.symlink(PercentEncoding.decode(target), ObjectHeaders.metadata(request), clock.now());
    ObjectHeaders.describe(request, bucket, object);
    return Lookup.versioned(Answer.of(200).with("ETag", object.etag()), bucket, bucket.put(request.keyName(), object));
  }

  private static @Nullable Failure otherCrc(OssRequest request) {
    String crc = request.header("x-oss-hash-crc64ecma");
    return crc == null || crc.equals(Long.toUnsignedString(Crc64.of(request.body().toByteArray()))) ? null : Failure.of("InvalidCRC64");
  }
}
