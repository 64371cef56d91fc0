package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Version;
import java.util.Set;

/** What everybody may do without a signature: read and write objects whose ACL, or whose bucket's, is public. */
final class PublicAccess {
  private static final Set<String> READS = Set.of("GetObject", "HeadObject", "GetObjectMeta", "GetSymlink");

  /** Copies are not among them: whether the source is public too would be another question. */
  private static final Set<String> WRITES =
      Set.of("PutObject", "AppendObject", "InitiateMultipartUpload", "UploadPart", "CompleteMultipartUpload");

  private PublicAccess() {}

  static boolean allows(Store store, Operation operation, OssRequest request) {
    if (request.key() == null) {
      return false;
    }
    if (READS.contains(operation.name())) {
      return acl(store, request).startsWith("public-read");
    }
    boolean writes = WRITES.contains(operation.name()) && request.header(Copies.SOURCE) == null;
    return writes && acl(store, request).equals("public-read-write");
  }

  /** The object's own, unless there is none or it leaves it to the bucket. */
  private static String acl(Store store, OssRequest request) {
    if (!store.hasBucket(request.bucketName())) {
      return "private";
    }
    Version version = Lookup.find(store.bucket(request.bucketName()), request.keyName(), request.query().first("versionId"));
    StoredObject object = version == null ? null : version.object();
    return object != null && !object.acl().equals("default")
        ? object.acl()
        : store.bucket(request.bucketName()).attributes().acl();
  }
}
