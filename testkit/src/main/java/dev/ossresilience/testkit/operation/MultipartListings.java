package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.KeyOrder;
import dev.ossresilience.testkit.store.Part;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.Upload;
import dev.ossresilience.testkit.time.HttpDates;
import java.util.Collection;
import java.util.List;

/** ListParts and ListMultipartUploads. */
final class MultipartListings {
  private final Store store;

  MultipartListings(Store store) {
    this.store = store;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("ListParts", "GET", Level.OBJECT, this::parts)
            .with("uploadId")
            .maybe("part-number-marker", "max-parts", "encoding-type"),
        Operation.of("ListMultipartUploads", "GET", Level.BUCKET, this::uploads)
            .with("uploads")
            .maybe("prefix", "delimiter", "key-marker", "upload-id-marker", "max-uploads", "encoding-type"));
  }

  private Outcome parts(OssRequest request) {
    Failure refusal = Listing.refusal(request, "max-parts", "");
    String marker = Listing.value(request, "part-number-marker");
    if (refusal == null && !marker.matches("\\d{0,9}")) {
      refusal = Wrong.argument("part-number-marker", marker);
    }
    if (refusal != null) {
      return refusal;
    }
    Upload upload = MultipartUploads.find(store, request);
    if (upload == null) {
      return MultipartUploads.noSuchUpload(request);
    }
    Listing listing = Listing.of(request, "part-number-marker", "max-parts", Listing.MAX_ENTRIES);
    Integer after = marker.isEmpty() ? 0 : Integer.valueOf(marker);
    Collection<Part> rest = upload.parts().tailMap(after, false).values();
    List<Part> page = rest.stream().limit(listing.limit()).toList();
    return new Xml().group("ListPartsResult", xml -> {
      listing.encoding(xml);
      xml.text("Bucket", request.bucketName()).text("Key", listing.name(upload.key())).text("UploadId", upload.id());
      xml.text("StorageClass", upload.outline().storageClass()).text("PartNumberMarker", after);
      xml.text("NextPartNumberMarker", page.isEmpty() ? after : page.get(page.size() - 1).number());
      xml.text("MaxParts", listing.limit()).text("IsTruncated", page.size() < rest.size());
      page.forEach(part -> part(xml, part));
    }).answer();
  }

  private static void part(Xml xml, Part part) {
    xml.group("Part", element -> element
        .text("PartNumber", part.number())
        .text("LastModified", HttpDates.iso(part.lastModified()))
        .text("ETag", part.etag())
        .text("HashCrc64ecma", part.crc64())
        .text("Size", part.content().size()));
  }

  private Outcome uploads(OssRequest request) {
    Failure refusal = Listing.refusal(request, "max-uploads", "");
    if (refusal != null) {
      return refusal;
    }
    Listing listing = Listing.of(request, "key-marker", "max-uploads", Listing.MAX_ENTRIES);
    String idMarker = Listing.value(request, "upload-id-marker");
    List<Upload> candidates =
        store.bucket(request.bucketName()).uploads().all().stream().filter(upload -> isAfter(upload, listing.after(), idMarker)).toList();
    Page<Upload> page = Page.of(candidates, Upload::key, listing);
    Upload last = page.lastItem();
    return new Xml().group("ListMultipartUploadsResult", xml -> {
      listing.encoding(xml);
      xml.text("Bucket", request.bucketName()).text("KeyMarker", listing.name(listing.after())).text("UploadIdMarker", idMarker);
      xml.text("NextKeyMarker", page.truncated() ? listing.name(page.lastName()) : "");
      xml.text("NextUploadIdMarker", page.truncated() && last != null ? last.id() : "");
      xml.text("Delimiter", listing.name(listing.delimiter())).text("Prefix", listing.name(listing.prefix()));
      xml.text("MaxUploads", listing.limit()).text("IsTruncated", page.truncated());
      for (Upload upload : page.items()) {
        xml.group("Upload", element -> element
            .text("Key", listing.name(upload.key()))
            .text("UploadId", upload.id())
            .text("StorageClass", upload.outline().storageClass())
            .text("Initiated", HttpDates.iso(upload.initiated())));
      }
      listing.commonPrefixes(xml, page);
    }).answer();
  }

  /** The marker of ids counts only together with that of keys; without it, all uploads to the marker's key have been listed. */
  private static boolean isAfter(Upload upload, String keyMarker, String idMarker) {
    int order = KeyOrder.UTF_8.compare(upload.key(), keyMarker);
    return order > 0 || (order == 0 && !idMarker.isEmpty() && upload.id().compareTo(idMarker) > 0);
  }
}
