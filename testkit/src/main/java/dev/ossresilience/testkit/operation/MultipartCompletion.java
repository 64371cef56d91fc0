package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.request.XmlElement;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Part;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Upload;
import dev.ossresilience.testkit.store.Version;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** CompleteMultipartUpload. */
final class MultipartCompletion {
  /** Bytes that every part but the last must have: 100 KiB. OSS finds out only here, since only here it is known which part is last. */
  private static final int MIN_PART_SIZE = 100 * 1024;

  private final Store store;
  private final ServerClock clock;
  private final Place place;

  MultipartCompletion(Store store, ServerClock clock, Place place) {
    this.store = store;
    this.clock = clock;
    this.place = place;
  }

  /** A part as the request lists it. */
  private record Wanted(int number, String etag) {}

  List<Operation> operations() {
    return List.of(
        Operation.of("CompleteMultipartUpload", "POST", Level.OBJECT, this::complete)
            .with("uploadId")
            .maybe("encoding-type")
            .heeding("x-oss-complete-all", "x-oss-forbid-overwrite")
            .heeding(Callback.HEADERS));
  }

  private Outcome complete(OssRequest request) {
    Upload upload = MultipartUploads.find(store, request);
    if (upload == null) {
      Failure gone = MultipartUploads.noSuchUpload(request);
      return gone.message(gone.message(), "0042-00000203");
    }
    List<Part> parts = new ArrayList<>(upload.parts().values());
    Failure refusal = Listing.refusal(request, "", "");
    if (refusal == null) {
      refusal = request.header("x-oss-complete-all") == null ? choose(request, upload, parts) : all(request, parts);
    }
    if (refusal == null) {
      refusal = size(parts);
    }
    if (refusal == null) {
      refusal = WriteChecks.room(0, parts.stream().mapToLong(part -> part.content().size()).sum());
    }
    if (refusal == null) {
      refusal = WriteChecks.overwriting(request, store.bucket(request.bucketName()));
    }
    return refusal != null ? refusal : assemble(request, upload, parts);
  }

  /** Leaves of the parts those that the body lists; the error if it can't be done. */
  private static @Nullable Failure choose(OssRequest request, Upload upload, List<Part> parts) {
    Failure damaged = WriteChecks.damage(request);
    if (damaged != null) {
      return damaged;
    }
    List<Wanted> wanted = wanted(request);
    if (wanted == null) {
      return Wrong.xml("the body is not a list of parts named CompleteMultipartUpload.", "0042-00000205");
    }
    parts.clear();
    int previous = 0;
    for (Wanted one : wanted) {
      if (one.number() <= previous) {
        return Failure.of("InvalidPartOrder");
      }
      previous = one.number();
    }
    for (Wanted one : wanted) {
      Part part = upload.parts().get(one.number());
      if (part == null || !part.etag().equals('"' + one.etag().replace("\"", "") + '"')) {
        return Failure.of("InvalidPart").element("UploadId", upload.id()).element("PartNumber", Integer.toString(one.number()));
      }
      parts.add(part);
    }
    return null;
  }

  /** The error if not simply all parts can be taken. */
  private static @Nullable Failure all(OssRequest request, List<Part> parts) {
    String all = request.headers().getOrDefault("x-oss-complete-all", "");
    if (!all.equals("yes") || request.body().size() > 0) { // a list of parts besides would contradict it
      return Wrong.argument("x-oss-complete-all", all);
    }
    return parts.isEmpty() ? Failure.of("InvalidPart") : null;
  }

  private static @Nullable Failure size(List<Part> parts) {
    for (Part part : parts.subList(0, parts.size() - 1)) {
      if (part.content().size() < MIN_PART_SIZE) {
        return Failure.of("EntityTooSmall")
            .element("ProposedSize", Integer.toString(part.content().size()))
            .element("MinSizeAllowed", Integer.toString(MIN_PART_SIZE))
            .element("PartNumber", Integer.toString(part.number()));
      }
    }
    return null;
  }

  /** The body's list, which has at least one part; null if it is not such a list. */
  private static @Nullable List<Wanted> wanted(OssRequest request) {
    XmlElement body = XmlElement.parse(request.body());
    if (body == null || !body.name().equals("CompleteMultipartUpload")) {
      return null;
    }
    List<Wanted> wanted = new ArrayList<>();
    for (XmlElement part : body.children("Part")) {
      String number = part.childWord("PartNumber");
      String etag = part.childWord("ETag");
      if (number == null || etag == null || !number.matches("\\d{1,9}")) {
        return null;
      }
      wanted.add(new Wanted(Integer.parseInt(number), etag));
    }
    return wanted.isEmpty() ? null : wanted;
  }

  private Outcome assemble(OssRequest request, Upload upload, List<Part> parts) {
    Buffer content = new Buffer();
    Buffer digests = new Buffer();
    for (Part part : parts) {
      content.write(part.content());
      digests.write(part.content().md5());
    }
    String etag = digests.md5().hex().toUpperCase(Locale.ROOT) + "-" + parts.size();
    StoredObject outline = upload.outline();
    StoredObject object = StoredObject.multipart(content.snapshot(), etag, outline.metadata(), clock.now());
    object.storageClass(outline.storageClass());
    object.acl(outline.acl());
    object.tags(outline.tags());
    Bucket bucket = store.bucket(request.bucketName());
    Version version = bucket.put(upload.key(), object);
    bucket.uploads().end(upload);
    Listing listing = Listing.of(request, "", "", 0);
    Answer answer =
        new Xml().group("CompleteMultipartUploadResult", xml -> {
          listing.encoding(xml);
          xml.text("Location", place.urlOf(bucket.name(), upload.key())).text("Bucket", bucket.name());
          xml.text("Key", listing.name(upload.key())).text("ETag", object.etag());
        }).answer().with("ETag", object.etag()).with("x-oss-hash-crc64ecma", object.crc64());
    return Lookup.versioned(answer, bucket, version);
  }
}
