package dev.ossresilience.testkit.operation;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.ByteRange;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Part;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Upload;
import dev.ossresilience.testkit.store.Versioning;
import dev.ossresilience.testkit.time.HttpDates;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** InitiateMultipartUpload, UploadPart, UploadPartCopy and AbortMultipartUpload. */
final class MultipartUploads {
  static final int MAX_PART_NUMBER = 10_000;

  private final Store store;
  private final ServerClock clock;

  MultipartUploads(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("InitiateMultipartUpload", "POST", Level.OBJECT, this::initiate)
            .with("uploads")
            .maybe("encoding-type")
            .heeding("x-oss-forbid-overwrite"),
        Operation.of("UploadPart", "PUT", Level.OBJECT, this::part)
            .with("partNumber", "uploadId")
            .heeding("x-oss-hash-crc64ecma", "x-oss-copy-source", "x-oss-copy-source-range"),
        Operation.of("AbortMultipartUpload", "DELETE", Level.OBJECT, this::abort).with("uploadId"));
  }

  /** No such upload to that key, as most operations say it. */
  static Failure noSuchUpload(OssRequest request) {
    return Failure.of("NoSuchUpload").element("UploadId", Listing.value(request, "uploadId"));
  }

  static @Nullable Upload find(Store store, OssRequest request) {
    return store.bucket(request.bucketName()).uploads().get(request.keyName(), Listing.value(request, "uploadId"));
  }

  /** The error if the object exists and must not be overwritten. A bucket that keeps versions loses nothing, and OSS ignores the header. */
  static @Nullable Failure overwriting(Store store, OssRequest request) {
    boolean forbidden = "true".equalsIgnoreCase(request.header("x-oss-forbid-overwrite"));
    Bucket bucket = store.bucket(request.bucketName());
    boolean matters = bucket.versioning() == Versioning.OFF && bucket.objects().containsKey(request.keyName());
    return forbidden && matters ? Failure.of("FileAlreadyExists") : null;
  }

  private Outcome initiate(OssRequest request) {
    Failure refusal = Listing.refusal(request, "max-uploads", "");
    if (refusal == null) {
      refusal = overwriting(store, request);
    }
    if (refusal != null) {
      return refusal;
    }
    Listing listing = Listing.of(request, "", "", 0);
    Upload upload =
        store.bucket(request.bucketName()).uploads().start(request.keyName(), ObjectHeaders.metadata(request), clock.now());
    return new Xml().group("InitiateMultipartUploadResult", xml -> {
      listing.encoding(xml);
      xml.text("Bucket", request.bucketName()).text("Key", listing.name(upload.key())).text("UploadId", upload.id());
    }).answer();
  }

  private Outcome part(OssRequest request) {
    String number = Listing.value(request, "partNumber");
    if (!number.matches("\\d{1,5}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > MAX_PART_NUMBER) {
      return Wrong.argument("PartNumber", number)
          .message("Part number must be an integer between 1 and 10000, inclusive.", "0017-00000220");
    }
    Upload upload = find(store, request);
    if (upload == null) {
      return noSuchUpload(request);
    }
    Integer partNumber = Integer.valueOf(number);
    return request.header("x-oss-copy-source") == null ? upload(request, upload, partNumber) : copy(request, upload, partNumber);
  }

  private Outcome upload(OssRequest request, Upload upload, int number) {
    if (request.header("x-oss-copy-source-range") != null) {
      return Operations.notSimulated(request, "x-oss-copy-source-range but no x-oss-copy-source");
    }
    Failure damaged = Wrong.digest(request);
    if (damaged != null) {
      return damaged;
    }
    String crc = Long.toUnsignedString(Crc64.of(request.body().toByteArray()));
    if (!crc.equals(request.headers().getOrDefault("x-oss-hash-crc64ecma", crc))) {
      return Failure.of("InvalidCRC64");
    }
    Part part = new Part(number, request.body(), clock.now());
    upload.put(part);
    return Answer.of(200)
        .with("ETag", part.etag())
        .with("Content-MD5", request.body().md5().base64())
        .with("x-oss-hash-crc64ecma", crc);
  }

  private Outcome copy(OssRequest request, Upload upload, int number) {
    String source = request.headers().getOrDefault("x-oss-copy-source", "");
    String path = source.startsWith("/") ? source.substring(1) : source;
    int slash = path.indexOf('/');
    if (slash <= 0 || slash == path.length() - 1) {
      return Wrong.argument("x-oss-copy-source", source);
    }
    if (path.indexOf('?') >= 0) {
      return Operations.notSimulated(request, "a version in x-oss-copy-source");
    }
    String bucket = path.substring(0, slash);
    String key = PercentEncoding.decode(path.substring(slash + 1));
    if (!store.hasBucket(bucket)) {
      return Failure.of("NoSuchBucket").element("BucketName", bucket);
    }
    StoredObject object = store.get(bucket, key);
    if (object == null) {
      return Failure.of("NoSuchKey").element("Key", key);
    }
    // As of a range of GetObject: one that is not a range of the object means all of it.
    ByteRange range = ByteRange.read(request.header("x-oss-copy-source-range"), false, object.length()).range();
    Part part = new Part(number, ByteString.of(object.slice(range.from(), range.to())), clock.now());
    upload.put(part);
    return new Xml()
        .group("CopyPartResult", xml -> xml.text("LastModified", HttpDates.iso(part.lastModified())).text("ETag", part.etag()))
        .answer();
  }

  private Outcome abort(OssRequest request) {
    Upload upload = find(store, request);
    if (upload == null) {
      return noSuchUpload(request);
    }
    store.bucket(request.bucketName()).uploads().end(upload);
    return Answer.of(204);
  }
}
