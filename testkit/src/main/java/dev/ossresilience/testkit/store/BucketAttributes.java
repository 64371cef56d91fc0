package dev.ossresilience.testkit.store;

/**
 * What a bucket is created with, as OSS writes it.
 *
 * @param acl who may read and write without being its owner
 * @param storageClass of objects that don't name one
 * @param redundancy over one data center or several
 */
public record BucketAttributes(String acl, String storageClass, String redundancy) {
  public static final BucketAttributes DEFAULT = new BucketAttributes("private", "Standard", "LRS");

  public BucketAttributes acl(String changed) {
    return new BucketAttributes(changed, storageClass, redundancy);
  }
}
