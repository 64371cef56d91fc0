package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.ByteRange;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.HttpDates;
import java.util.List;
import okio.ByteString;

/** GetObject and HeadObject. */
final class ObjectReads {
  private final Store store;

  ObjectReads(Store store) {
    this.store = store;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("GetObject", "GET", Level.OBJECT, this::read).heeding("range", "x-oss-range-behavior"),
        Operation.of("HeadObject", "HEAD", Level.OBJECT, this::read).heeding("range", "x-oss-range-behavior"));
  }

  private Outcome read(OssRequest request) {
    StoredObject object = store.get(request.bucketName(), request.keyName());
    if (object == null) {
      return Failure.of("NoSuchKey").element("Key", request.keyName());
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
            .with("x-oss-object-type", object.type().wireName())
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
}
