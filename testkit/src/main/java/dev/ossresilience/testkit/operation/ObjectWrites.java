package dev.ossresilience.testkit.operation;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** PutObject, AppendObject and DeleteObject. */
final class ObjectWrites {
  private final Store store;
  private final ServerClock clock;

  ObjectWrites(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("PutObject", "PUT", Level.OBJECT, this::put).heeding("x-oss-hash-crc64ecma"),
        Operation.of("AppendObject", "POST", Level.OBJECT, this::append).with("append").maybe("position"),
        Operation.of("DeleteObject", "DELETE", Level.OBJECT, this::delete));
  }

  private Outcome put(OssRequest request) {
    Failure damaged = damage(request);
    if (damaged != null) {
      return damaged;
    }
    String crc = request.header("x-oss-hash-crc64ecma");
    if (crc != null && !crc.equals(Long.toUnsignedString(Crc64.of(request.body().toByteArray())))) {
      return Failure.of("InvalidCRC64");
    }
    StoredObject object = StoredObject.normal(request.body(), metadata(request), clock.now());
    store.put(request.bucketName(), request.keyName(), object);
    return Answer.of(200)
        .with("ETag", object.etag())
        .with("Content-MD5", request.body().md5().base64())
        .with("x-oss-hash-crc64ecma", object.crc64());
  }

  private Outcome append(OssRequest request) {
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
    StoredObject object = store.get(request.bucketName(), request.keyName());
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
      store.put(request.bucketName(), request.keyName(), object);
    }
    object.append(request.body(), clock.now());
    return Answer.of(200)
        .with("ETag", object.etag())
        .with("x-oss-hash-crc64ecma", object.crc64())
        .with("x-oss-next-append-position", Integer.toString(object.length()));
  }

  private Outcome delete(OssRequest request) {
    store.remove(request.bucketName(), request.keyName(), clock.now());
    return Answer.of(204);
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
}
