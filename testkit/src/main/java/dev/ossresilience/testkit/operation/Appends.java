package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Version;
import dev.ossresilience.testkit.store.Versioning;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** AppendObject. What the object shall be, apart from its bytes, is heeded only by the append that creates it. */
final class Appends {
  private final Store store;
  private final ServerClock clock;

  Appends(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("AppendObject", "POST", Level.OBJECT, this::append)
            .with("append")
            .maybe("position")
            .heeding(ObjectHeaders.DESCRIBING)
            .heeding("x-oss-forbid-overwrite"));
  }

  private Outcome append(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    String position = Objects.requireNonNullElse(request.query().first("position"), "");
    Failure malformed = WriteChecks.first(WriteChecks.request(request), malformed(position), WriteChecks.length(request));
    if (malformed != null) {
      return malformed;
    }
    StoredObject object = bucket.objects().get(request.keyName());
    Failure refused =
        WriteChecks.first(
            conflict(request, bucket, object, Long.parseLong(position)),
            WriteChecks.damage(request),
            WriteChecks.room(object == null ? 0 : object.length(), request.body().size()));
    if (refused != null) {
      return refused;
    }
    if (object == null) {
      object = StoredObject.appendable(ObjectHeaders.metadata(request), clock.now());
      ObjectHeaders.describe(request, bucket, object);
      bucket.put(request.keyName(), object);
    }
    object.append(request.body(), clock.now());
    Answer answer =
        Answer.of(200)
            .with("ETag", object.etag())
            .with("x-oss-hash-crc64ecma", object.crc64())
            .with("x-oss-next-append-position", Integer.toString(object.length()));
    return bucket.versioning() == Versioning.OFF ? answer : answer.with("x-oss-version-id", Version.NULL_ID);
  }

  private static @Nullable Failure malformed(String position) {
    if (position.isEmpty()) {
      return Failure.of("MissingArgument").element("ArgumentName", "position");
    }
    return position.matches("\\d{1,18}")
        ? null
        : Wrong.argument("position", position).message("Invalid Argument", "0016-00000501");
  }

  private static @Nullable Failure conflict(OssRequest request, Bucket bucket, @Nullable StoredObject object, long position) {
    // Only an append that would create the object can be meant not to meet one.
    Failure exists = position == 0 ? WriteChecks.overwriting(request, bucket) : null;
    if (exists != null) {
      return exists;
    }
    if (object != null && !object.isAppendable()) {
      return Failure.of("ObjectNotAppendable");
    }
    int length = object == null ? 0 : object.length();
    return position == length
        ? null
        : Failure.of("PositionNotEqualToLength").header("x-oss-next-append-position", Integer.toString(length));
  }
}
