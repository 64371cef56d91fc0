package dev.ossresilience.testkit.operation;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.ByteRange;
import dev.ossresilience.testkit.request.CopySource;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Part;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Upload;
import dev.ossresilience.testkit.store.Version;
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
            .heeding(ObjectHeaders.DESCRIBING)
            .heeding("x-oss-forbid-overwrite"),
        Operation.of("UploadPart", "PUT", Level.OBJECT, this::part)
            .with("partNumber", "uploadId")
            .heeding("x-oss-hash-crc64ecma", Copies.SOURCE, Copies.SOURCE + "-range")
            .heeding(Copies.CONDITIONS),
        Operation.of("AbortMultipartUpload", "DELETE", Level.OBJECT, this::abort).with("uploadId"));
  }

  /** No such upload to that key, as most operations say it. */
  static Failure noSuchUpload(OssRequest request) {
    return Failure.of("NoSuchUpload").element("UploadId", Listing.value(request, "uploadId"));
  }

  static @Nullable Upload find(Store store, OssRequest request) {
    return store.bucket(request.bucketName()).uploads().get(request.keyName(), Listing.value(request, "uploadId"));
  }

  private Outcome initiate(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    Failure refusal =
        WriteChecks.first(
            Listing.refusal(request, "max-uploads", ""), WriteChecks.request(request), WriteChecks.overwriting(request, bucket));
    if (refusal != null) {
      return refusal;
    }
    Listing listing = Listing.of(request, "", "", 0);
    StoredObject outline = StoredObject.multipart(ByteString.EMPTY, "", ObjectHeaders.metadata(request), clock.now());
    ObjectHeaders.describe(request, bucket, outline);
    Upload upload = bucket.uploads().start(request.keyName(), outline, clock.now());
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
    return request.header(Copies.SOURCE) == null ? upload(request, upload, partNumber) : copy(request, upload, partNumber);
  }

  private Outcome upload(OssRequest request, Upload upload, int number) {
    if (request.header("x-oss-copy-source-range") != null) {
      return Operations.notSimulated(request, "x-oss-copy-source-range but no x-oss-copy-source");
    }
    Failure damaged = WriteChecks.damage(request);
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
    String header = request.headers().getOrDefault(Copies.SOURCE, "");
    CopySource source = CopySource.parse(header);
    if (source == null) {
      return Wrong.argument(Copies.SOURCE, header);
    }
    if (!store.hasBucket(source.bucket())) {
      return Failure.of("NoSuchBucket").element("BucketName", source.bucket());
    }
    Bucket from = store.bucket(source.bucket());
    Version version = Lookup.find(from, source.key(), source.versionId());
    StoredObject object = version == null ? null : version.object();
    if (version == null || object == null) {
      return Lookup.missing("PUT", from, source.key(), source.versionId(), version);
    }
    Outcome unmet = Preconditions.unmet(request, Copies.SOURCE + "-", object);
    if (unmet != null) {
      return unmet;
    }
    if (!object.isReadable(clock.now())) {
      return Failure.of("InvalidObjectState");
    }
    // As of a range of GetObject: one that is not a range of the object means all of it.
    ByteRange range = ByteRange.read(request.header("x-oss-copy-source-range"), false, object.length()).range();
    Part part = new Part(number, ByteString.of(object.slice(range.from(), range.to())), clock.now());
    upload.put(part);
    Answer answer =
        new Xml()
            .group("CopyPartResult", xml -> xml.text("LastModified", HttpDates.iso(part.lastModified())).text("ETag", part.etag()))
            .answer();
    return from.versioning() == Versioning.OFF ? answer : answer.with("x-oss-copy-source-version-id", version.versionId());
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
