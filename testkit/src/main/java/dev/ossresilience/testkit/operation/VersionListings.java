package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Version;
import dev.ossresilience.testkit.time.HttpDates;
import java.util.ArrayList;
import java.util.List;

/** ListObjectVersions. */
final class VersionListings {
  private final Store store;

  VersionListings(Store store) {
    this.store = store;
  }

  private record Entry(String key, Version version) {}

  List<Operation> operations() {
    return List.of(
        Operation.of("ListObjectVersions", "GET", Level.BUCKET, this::list)
            .with("versions")
            .maybe("prefix", "key-marker", "version-id-marker", "delimiter", "max-keys", "encoding-type"));
  }

  private Outcome list(OssRequest request) {
    Failure refusal = Listing.refusal(request, "max-keys", "0012-00000102");
    if (refusal != null) {
      return refusal;
    }
    Listing listing = Listing.of(request, "key-marker", "max-keys", ObjectListings.DEFAULT_LIMIT);
    String versionIdMarker = Listing.value(request, "version-id-marker");
    if (!versionIdMarker.isEmpty() && listing.after().isEmpty()) {
      return Wrong.argument("version-id-marker", versionIdMarker).message("Invalid Argument", "0012-00000106");
    }
    Page<Entry> page = Page.of(candidates(store.bucket(request.bucketName()), listing.after(), versionIdMarker), Entry::key, listing);
    Entry last = page.lastItem();
    return new Xml().group("ListVersionsResult", xml -> {
      xml.text("Name", request.bucketName()).text("Prefix", listing.name(listing.prefix()));
      xml.text("KeyMarker", listing.name(listing.after())).text("VersionIdMarker", versionIdMarker);
      xml.text("MaxKeys", listing.limit()).text("Delimiter", listing.name(listing.delimiter())).text("IsTruncated", page.truncated());
      listing.encoding(xml);
      if (page.truncated()) {
        xml.text("NextKeyMarker", listing.name(page.lastName()));
        xml.text("NextVersionIdMarker", last == null ? "" : last.version().versionId());
      }
      page.items().forEach(entry -> entry(xml, listing, entry));
      listing.commonPrefixes(xml, page);
    }).answer();
  }

  private static List<Entry> candidates(Bucket bucket, String keyMarker, String versionIdMarker) {
    List<Entry> entries = new ArrayList<>();
    bucket.versions().tailMap(keyMarker, !versionIdMarker.isEmpty()).forEach((key, history) -> {
      // If the version of the marker has been deleted meanwhile, so were most likely those before it: the key is listed from its start.
      boolean started = !key.equals(keyMarker) || bucket.version(key, versionIdMarker) == null;
      for (Version version : history) {
        if (started) {
          entries.add(new Entry(key, version));
        }
        started |= version.versionId().equals(versionIdMarker);
      }
    });
    return entries;
  }

  private static void entry(Xml xml, Listing listing, Entry entry) {
    Version version = entry.version();
    StoredObject object = version.object();
    xml.group(object == null ? "DeleteMarker" : "Version", element -> {
      element.text("Key", listing.name(entry.key())).text("VersionId", version.versionId()).text("IsLatest", version.isLatest());
      element.text("LastModified", HttpDates.iso(version.lastModified()));
      if (object != null) {
        ObjectListings.properties(element, object);
      }
      Place.owner(element, "Owner");
    });
  }
}
