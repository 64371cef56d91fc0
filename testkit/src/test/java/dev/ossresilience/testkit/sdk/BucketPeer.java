package dev.ossresilience.testkit.sdk;

import java.util.List;

/** What an official SDK does with buckets. */
interface BucketPeer {
  record Info(String name, String location, String storageClass, String acl) {}

  record Stat(long bytes, long objects, long uploads) {}

  void create(String bucket, String acl, String storageClass);

  void delete(String bucket);

  boolean exists(String bucket);

  /** All that begin so, in as many requests as it takes. */
  List<String> names(String prefix, int pageSize);

  Info info(String bucket);

  String location(String bucket);

  Stat stat(String bucket);

  String acl(String bucket);

  void acl(String bucket, String acl);

  /** Empty before it was ever set. */
  String versioning(String bucket);

  void versioning(String bucket, String status);
}
