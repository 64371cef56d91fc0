package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.StoredObject;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers by which a writing request says what the new object shall be, apart from its bytes. */
final class ObjectHeaders {
  /** Those that {@link #describe} heeds. */
  static final String[] DESCRIBING = {"x-oss-storage-class", "x-oss-object-acl", "x-oss-tagging"};

  /** Stored as they are and given back to whoever reads; by lower-case name, as OSS writes them. */
  private static final Map<String, String> STANDARD =
      Map.of(
          "content-type", "Content-Type",
          "cache-control", "Cache-Control",
          "content-disposition", "Content-Disposition",
          "content-encoding", "Content-Encoding",
          "content-language", "Content-Language",
          "expires", "Expires");

  private static final Set<String> CLASSES = Set.of("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive");
  private static final Set<String> ACLS = Set.of("default", "private", "public-read", "public-read-write");

  private ObjectHeaders() {}

  /** Headers to answer reads with. */
  static SortedMap<String, String> metadata(OssRequest request) {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("Content-Type", "application/octet-stream");
    request.headers().forEach((name, value) -> {
      String standard = STANDARD.get(name);
      if (standard != null) {
        metadata.put(standard, value);
      } else if (name.startsWith("x-oss-meta-")) {
        metadata.put(name, value);
      }
    });
    return metadata;
  }

  /** The error if one of {@link #DESCRIBING} has a value that OSS doesn't know. */
  static @Nullable Failure refused(OssRequest request) {
    String storageClass = request.header("x-oss-storage-class");
    if (storageClass != null && !CLASSES.contains(storageClass)) {
      return Wrong.argument("x-oss-storage-class", storageClass);
    }
    String acl = request.header("x-oss-object-acl");
    if (acl != null && !ACLS.contains(acl)) {
      return Wrong.argument("x-oss-object-acl", acl);
    }
    String tagging = request.header("x-oss-tagging");
    return tagging == null || Tags.parse(tagging) != null ? null : Failure.of("InvalidTag");
  }

  /** Gives a new object what {@link #DESCRIBING} say, which must not be {@link #refused}, and otherwise what its bucket has. */
  static void describe(OssRequest request, Bucket bucket, StoredObject object) {
    object.storageClass(request.headers().getOrDefault("x-oss-storage-class", bucket.attributes().storageClass()));
    object.acl(request.headers().getOrDefault("x-oss-object-acl", object.acl()));
    String tagging = request.header("x-oss-tagging");
    SortedMap<String, String> tags = tagging == null ? null : Tags.parse(tagging);
    if (tags != null) {
      object.tags(tags);
    }
  }
}
