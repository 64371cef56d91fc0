package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.request.XmlElement;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.BucketAttributes;
import dev.ossresilience.testkit.store.KeyOrder;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.time.HttpDates;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** ListBuckets, PutBucket and DeleteBucket. */
final class Buckets {
  /** Buckets that one answer has unless more are asked for. */
  private static final int DEFAULT_LIMIT = 100;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final Set<String> STORAGE_CLASSES = Set.of("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive");
  private static final Set<String> REDUNDANCIES = Set.of("LRS", "ZRS");

  private final Store store;
  private final ServerClock clock;
  private final Place place;

  Buckets(Store store, ServerClock clock, Place place) {
    this.store = store;
    this.clock = clock;
    this.place = place;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("ListBuckets", "GET", Level.SERVICE, this::list).maybe("prefix", "marker", "max-keys"),
        Operation.of("PutBucket", "PUT", Level.BUCKET, this::put).heeding("x-oss-acl"),
        Operation.of("DeleteBucket", "DELETE", Level.BUCKET, this::delete));
  }

  private Outcome list(OssRequest request) {
    Failure refusal = Listing.refusal(request, "max-keys", "0017-00000289");
    if (refusal != null) {
      return refusal;
    }
    Listing listing = Listing.of(request, "marker", "max-keys", DEFAULT_LIMIT);
    List<Bucket> candidates =
        store.buckets().values().stream().filter(bucket -> KeyOrder.UTF_8.compare(bucket.name(), listing.after()) > 0).toList();
    Page<Bucket> page = Page.of(candidates, Bucket::name, listing);
    return new Xml().group("ListAllMyBucketsResult", xml -> {
      xml.text("Prefix", listing.prefix()).text("Marker", listing.after()).text("MaxKeys", listing.limit());
      xml.text("IsTruncated", page.truncated()).text("NextMarker", page.truncated() ? page.lastName() : "");
      Place.owner(xml, "Owner");
      xml.group("Buckets", buckets -> page.items().forEach(bucket -> entry(buckets, bucket)));
    }).answer();
  }

  private void entry(Xml xml, Bucket bucket) {
    xml.group("Bucket", entry -> entry
        .text("CreationDate", HttpDates.iso(bucket.created()))
        .text("ExtranetEndpoint", place.extranetEndpoint())
        .text("IntranetEndpoint", place.intranetEndpoint())
        .text("Location", place.location())
        .text("Name", bucket.name())
        .text("Region", place.region())
        .text("StorageClass", bucket.attributes().storageClass()));
  }

  private Outcome put(OssRequest request) {
    String name = request.bucketName();
    if (!NAME.matcher(name).matches()) {
      return Failure.of("InvalidBucketName").element("BucketName", name);
    }
    Failure damaged = WriteChecks.damage(request);
    if (damaged != null) {
      return damaged;
    }
    // What the request doesn't say is as it was, or as OSS does by default.
    BucketAttributes old = store.hasBucket(name) ? store.bucket(name).attributes() : BucketAttributes.DEFAULT;
    String acl = request.headers().getOrDefault("x-oss-acl", old.acl());
    if (!BucketSettings.ACLS.contains(acl)) {
      return Wrong.argument("x-oss-acl", acl);
    }
    String storageClass = old.storageClass();
    String redundancy = old.redundancy();
    if (request.body().size() > 0) {
      XmlElement body = XmlElement.parse(request.body());
      if (body == null || !body.name().equals("CreateBucketConfiguration")) {
        return Wrong.xml("the root node is not named CreateBucketConfiguration.", "");
      }
      for (XmlElement child : body.children()) {
        switch (child.name()) {
          case "StorageClass" -> storageClass = child.text().strip();
          case "DataRedundancyType" -> redundancy = child.text().strip();
          default -> {
            return Operations.notSimulated(request, child.name());
          }
        }
      }
    }
    if (!STORAGE_CLASSES.contains(storageClass)) {
      return Wrong.argument("StorageClass", storageClass);
    }
    if (!REDUNDANCIES.contains(redundancy)) {
      return Wrong.argument("DataRedundancyType", redundancy);
    }
    BucketAttributes wanted = new BucketAttributes(acl, storageClass, redundancy);
    if (!store.hasBucket(name)) {
      Bucket bucket = new Bucket(name, clock.now());
      bucket.attributes(wanted);
      store.createBucket(bucket);
    } else if (!wanted.equals(old)) {
      return Failure.of("BucketAlreadyExists").element("BucketName", name);
    }
    return Answer.of(200).with("Location", "/" + name);
  }

  private Outcome delete(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    if (!bucket.versions().isEmpty() || bucket.uploads().size() > 0) {
      return Failure.of("BucketNotEmpty").element("BucketName", bucket.name());
    }
    store.deleteBucket(bucket.name());
    return Answer.of(204);
  }
}
