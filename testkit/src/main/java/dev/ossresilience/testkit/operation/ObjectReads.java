package dev.ossresilience.testkit.operation;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.ByteRange;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.ObjectType;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.HttpDates;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.List;
import java.util.Map;
import okio.ByteString;

/** GetObject, HeadObject, GetObjectMeta and GetSymlink. */
final class ObjectReads {
  private static final String[] CONDITIONS = {"if-match", "if-none-match", "if-modified-since", "if-unmodified-since"};

  /** What a GET may want to be told instead of what is stored, so that a link can start a download. */
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-content-type", "Content-Type",
          "response-content-language", "Content-Language",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding",
          "response-cache-control", "Cache-Control",
          "response-expires", "Expires");

  private final Store store;
  private final ServerClock clock;
  private final Lookup lookup;

  ObjectReads(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
    this.lookup = new Lookup(store);
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("GetObject", "GET", Level.OBJECT, request -> lookup.with(request, object -> followed(request, object)))
            .maybe("versionId")
            .maybe(OVERRIDES.keySet().toArray(new String[0]))
            .heeding("range", "x-oss-range-behavior")
            .heeding(CONDITIONS),
        Operation.of("HeadObject", "HEAD", Level.OBJECT, request -> lookup.with(request, object -> followed(request, object)))
            .maybe("versionId")
            .heeding("range", "x-oss-range-behavior")
            .heeding(CONDITIONS),
        Operation.of("GetObjectMeta", "HEAD", Level.OBJECT, request -> lookup.with(request, ObjectReads::meta))
            .with("objectMeta")
            .maybe("versionId"),
        Operation.of("GetSymlink", "GET", Level.OBJECT, request -> lookup.with(request, ObjectReads::symlink))
            .with("symlink")
            .maybe("versionId"));
  }

  /** Reads what a symlink stands for; any other object stands for itself. */
  private Outcome followed(OssRequest request, StoredObject object) {
    String targetKey = object.symlinkTarget();
    if (targetKey == null) {
      return read(request, object, object);
    }
    StoredObject target = store.get(request.bucketName(), targetKey);
    if (target == null) {
      return Failure.of("SymlinkTargetNotExist").element("SymlinkTarget", targetKey);
    }
    return target.type() == ObjectType.SYMLINK ? Failure.of("InvalidTargetType") : read(request, object, target);
  }

  /**
   * Reads an object.
   *
   * @param named the object that the request names: its headers are answered, apart from those on the bytes
   * @param source the object whose bytes are read
   */
  private Outcome read(OssRequest request, StoredObject named, StoredObject source) {
    Outcome unmet = Preconditions.unmet(request, "", source);
    if (unmet != null) {
      return unmet;
    }
    if (!request.isHead() && !source.isReadable(clock.now())) {
      return Failure.of("InvalidObjectState");
    }
    int length = source.length();
    boolean standard = "standard".equals(request.header("x-oss-range-behavior"));
    ByteRange.Reading reading = ByteRange.read(request.isHead() ? null : request.header("range"), standard, length);
    if (reading.kind() == ByteRange.Kind.UNSATISFIABLE) {
      return Failure.of("InvalidRange").header("Content-Range", "bytes */" + length);
    }
    boolean part = reading.kind() == ByteRange.Kind.PART;
    ByteRange range = reading.range();
    Answer answer =
        described(Answer.of(part ? 206 : 200).withAll(named.metadata()), source)
            .with("Content-Length", Integer.toString(range.to() - range.from()))
            .with("Accept-Ranges", "bytes")
            .with("x-oss-object-type", named.type().wireName())
            .with("x-oss-storage-class", named.storageClass());
    if (named.lastModified().isAfter(source.lastModified())) {
      answer = answer.with("Last-Modified", HttpDates.format(named.lastModified()));
    }
    if (source.isAppendable()) {
      answer = answer.with("x-oss-next-append-position", Integer.toString(length));
    }
    if (!named.tags().isEmpty()) {
      answer = answer.with("x-oss-tagging-count", Integer.toString(named.tags().size()));
    }
    answer = Restores.told(answer, source, clock.now());
    if (part) {
      answer = answer.with("Content-Range", range.contentRange(length));
    }
    return request.isHead() ? answer : overridden(request, answer).withBody(ByteString.of(source.slice(range.from(), range.to())));
  }

  /** Not followed: what is told of a symlink is told of itself. */
  private static Outcome meta(StoredObject object) {
    return described(Answer.of(200), object).with("Content-Length", Integer.toString(object.length()));
  }

  private static Outcome symlink(StoredObject object) {
    String target = object.symlinkTarget();
    return target == null
        ? Failure.of("NotSymlink")
        : described(Answer.of(200), object).with("x-oss-symlink-target", PercentEncoding.encode(target, true));
  }

  private static Answer described(Answer answer, StoredObject object) {
    return answer
        .with("ETag", object.etag())
        .with("Last-Modified", HttpDates.format(object.lastModified()))
        .with("x-oss-hash-crc64ecma", object.crc64()); // of the whole object, whatever the range
  }

  private static Answer overridden(OssRequest request, Answer answer) {
    Answer changed = answer;
    for (Map.Entry<String, String> override : OVERRIDES.entrySet()) {
      String value = request.query().first(override.getKey());
      changed = value == null ? changed : changed.with(override.getValue(), value);
    }
    return changed;
  }
}
