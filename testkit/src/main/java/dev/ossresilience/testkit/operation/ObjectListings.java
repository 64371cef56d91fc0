package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.HttpDates;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** ListObjects and ListObjectsV2. */
final class ObjectListings {
  /** Entries that one answer has unless more are asked for. */
  static final int DEFAULT_LIMIT = 100;

  private static final String LIMIT_EC = "0015-00000402";

  private final Store store;

  ObjectListings(Store store) {
    this.store = store;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("ListObjects", "GET", Level.BUCKET, this::list)
            .maybe("prefix", "marker", "delimiter", "max-keys", "encoding-type"),
        Operation.of("ListObjectsV2", "GET", Level.BUCKET, this::listV2)
            .with("list-type")
            .maybe("prefix", "start-after", "continuation-token", "delimiter", "max-keys", "encoding-type", "fetch-owner"));
  }

  private Outcome list(OssRequest request) {
    Failure refusal = Listing.refusal(request, "max-keys", LIMIT_EC);
    if (refusal != null) {
      return refusal;
    }
    Listing listing = Listing.of(request, "marker", "max-keys", DEFAULT_LIMIT);
    Page<Map.Entry<String, StoredObject>> page = page(request, listing);
    return new Xml().group("ListBucketResult", xml -> {
      xml.text("Name", request.bucketName()).text("Prefix", listing.name(listing.prefix()));
      xml.text("Marker", listing.name(listing.after())).text("MaxKeys", listing.limit());
      xml.text("Delimiter", listing.name(listing.delimiter())).text("IsTruncated", page.truncated());
      listing.encoding(xml);
      if (page.truncated()) {
        xml.text("NextMarker", listing.name(page.lastName()));
      }
      page.items().forEach(entry -> contents(xml, listing, entry, true));
      listing.commonPrefixes(xml, page);
    }).answer();
  }

  private Outcome listV2(OssRequest request) {
    String type = Listing.value(request, "list-type");
    if (!type.equals("2")) {
      return Wrong.argument("list-type", type);
    }
    Failure refusal = Listing.refusal(request, "max-keys", LIMIT_EC);
    if (refusal != null) {
      return refusal;
    }
    String token = Listing.value(request, "continuation-token");
    String continued = token.isEmpty() ? "" : nameOf(token);
    if (continued == null) {
      return Wrong.argument("continuation-token", token);
    }
    Listing asked = Listing.of(request, "start-after", "max-keys", DEFAULT_LIMIT);
    Listing listing = token.isEmpty() ? asked : asked.after(continued);
    Page<Map.Entry<String, StoredObject>> page = page(request, listing);
    boolean owners = Listing.value(request, "fetch-owner").equals("true");
    return new Xml().group("ListBucketResult", xml -> {
      xml.text("Name", request.bucketName()).text("Prefix", listing.name(listing.prefix()));
      if (request.query().has("start-after")) {
        xml.text("StartAfter", listing.name(asked.after()));
      }
      if (!token.isEmpty()) {
        xml.text("ContinuationToken", token);
      }
      xml.text("MaxKeys", listing.limit()).text("Delimiter", listing.name(listing.delimiter()));
      xml.text("IsTruncated", page.truncated());
      listing.encoding(xml);
      if (page.truncated()) {
        xml.text("NextContinuationToken", tokenOf(page.lastName()));
      }
      page.items().forEach(entry -> contents(xml, listing, entry, owners));
      listing.commonPrefixes(xml, page);
      xml.text("KeyCount", page.items().size() + page.commonPrefixes().size());
    }).answer();
  }

  private Page<Map.Entry<String, StoredObject>> page(OssRequest request, Listing listing) {
    NavigableMap<String, StoredObject> objects = store.bucket(request.bucketName()).objects();
    return Page.of(objects.tailMap(listing.after(), false).entrySet(), Map.Entry::getKey, listing);
  }

  private static void contents(Xml xml, Listing listing, Map.Entry<String, StoredObject> entry, boolean owner) {
    xml.group("Contents", contents -> {
      contents.text("Key", listing.name(entry.getKey()));
      contents.text("LastModified", HttpDates.iso(entry.getValue().lastModified()));
      properties(contents, entry.getValue());
      if (owner) {
        Place.owner(contents, "Owner");
      }
    });
  }

  /** What a listing says of an object besides its name and time. */
  static void properties(Xml xml, StoredObject object) {
    xml.text("ETag", object.etag()).text("Type", object.type().wireName()).text("Size", object.length());
    xml.text("StorageClass", object.storageClass());
  }

  /** A token means nothing to the client; this one tells the name after which to go on. */
  private static String tokenOf(String name) {
    return ByteString.encodeUtf8(name).base64Url().replace("=", ""); // safe in a URL and in XML, whatever the encoding type
  }

  /** Null if it is not a token. */
  private static @Nullable String nameOf(String token) {
    ByteString name = ByteString.decodeBase64(token);
    return name == null || !tokenOf(name.utf8()).equals(token) ? null : name.utf8();
  }
}
