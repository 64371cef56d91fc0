package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.request.XmlElement;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.Versioning;
import dev.ossresilience.testkit.time.HttpDates;
import java.util.List;
import java.util.Set;

/** What a bucket is and how it is set: GetBucketInfo and GetBucketLocation, and its ACL and versioning. */
final class BucketSettings {
  static final Set<String> ACLS = Set.of("private", "public-read", "public-read-write");

  private final Store store;
  private final Place place;

  BucketSettings(Store store, Place place) {
    this.store = store;
    this.place = place;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("GetBucketInfo", "GET", Level.BUCKET, this::info).with("bucketInfo"),
        Operation.of("GetBucketLocation", "GET", Level.BUCKET, this::location).with("location"),
        Operation.of("GetBucketAcl", "GET", Level.BUCKET, this::acl).with("acl"),
        Operation.of("PutBucketAcl", "PUT", Level.BUCKET, this::putAcl).with("acl").heeding("x-oss-acl"),
        Operation.of("GetBucketVersioning", "GET", Level.BUCKET, this::versioning).with("versioning"),
        Operation.of("PutBucketVersioning", "PUT", Level.BUCKET, this::putVersioning).with("versioning"));
  }

  private Outcome info(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    return new Xml().group("BucketInfo", root -> root.group("Bucket", xml -> {
      xml.text("CreationDate", HttpDates.iso(bucket.created()));
      xml.text("DataRedundancyType", bucket.attributes().redundancy());
      xml.text("ExtranetEndpoint", place.extranetEndpoint()).text("IntranetEndpoint", place.intranetEndpoint());
      xml.text("Location", place.location()).text("Name", bucket.name());
      xml.text("StorageClass", bucket.attributes().storageClass());
      versioning(xml, "Versioning", bucket);
      Place.owner(xml, "Owner");
      xml.group("AccessControlList", list -> list.text("Grant", bucket.attributes().acl()));
    })).answer();
  }

  private Outcome location(OssRequest request) {
    return new Xml().text("LocationConstraint", place.location()).answer();
  }

  private Outcome acl(OssRequest request) {
    String acl = store.bucket(request.bucketName()).attributes().acl();
    return new Xml().group("AccessControlPolicy", xml -> {
      Place.owner(xml, "Owner");
      xml.group("AccessControlList", list -> list.text("Grant", acl));
    }).answer();
  }

  private Outcome putAcl(OssRequest request) {
    String acl = request.headers().getOrDefault("x-oss-acl", "");
    if (!ACLS.contains(acl)) {
      return Wrong.argument("x-oss-acl", acl);
    }
    if (request.body().size() > 0) {
      return Operations.notSimulated(request, "a body"); // there are no other grants than those of the header
    }
    Bucket bucket = store.bucket(request.bucketName());
    bucket.attributes(bucket.attributes().acl(acl));
    return Answer.of(200);
  }

  private Outcome versioning(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    return new Xml().group("VersioningConfiguration", xml -> versioning(xml, "Status", bucket)).answer();
  }

  private Outcome putVersioning(OssRequest request) {
    Failure damaged = WriteChecks.damage(request);
    if (damaged != null) {
      return damaged;
    }
    XmlElement body = XmlElement.parse(request.body());
    if (body == null || !body.name().equals("VersioningConfiguration")) {
      return Wrong.xml("the root node is not named VersioningConfiguration.", "");
    }
    String status = body.childWord("Status");
    if (status == null || !(status.equals("Enabled") || status.equals("Suspended"))) {
      return Wrong.xml("the Status is neither Enabled nor Suspended.", "");
    }
    store.bucket(request.bucketName()).versioning(status.equals("Enabled") ? Versioning.ENABLED : Versioning.SUSPENDED);
    return Answer.of(200);
  }

  /** A bucket that never had versions doesn't speak of them. */
  private static void versioning(Xml xml, String element, Bucket bucket) {
    switch (bucket.versioning()) {
      case OFF -> {}
      case ENABLED -> xml.text(element, "Enabled");
      case SUSPENDED -> xml.text(element, "Suspended");
    }
  }
}
