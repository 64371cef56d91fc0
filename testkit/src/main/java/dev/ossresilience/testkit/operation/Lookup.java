package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Version;
import dev.ossresilience.testkit.store.Versioning;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the object that a request is about: the current one, or the one of {@code versionId}. */
final class Lookup {
  private final Store store;

  Lookup(Store store) {
    this.store = store;
  }

  /** Does something with the object and tells the answer its version; OSS's error if there is none. */
  Outcome with(OssRequest request, Function<StoredObject, Outcome> use) {
    Bucket bucket = store.bucket(request.bucketName());
    String versionId = request.query().first("versionId");
    Version version = find(bucket, request.keyName(), versionId);
    StoredObject object = version == null ? null : version.object();
    if (version == null || object == null) {
      return missing(request.method(), bucket, request.keyName(), versionId, version);
    }
    Outcome outcome = use.apply(object);
    return outcome instanceof Answer answer ? versioned(answer, bucket, version) : outcome;
  }

  /** The version asked for, the current one if none is. */
  static @Nullable Version find(Bucket bucket, String key, @Nullable String versionId) {
    return versionId == null ? bucket.latest(key) : bucket.version(key, versionId);
  }

  /** The error for a version that is absent or a delete marker. */
  static Failure missing(String method, Bucket bucket, String key, @Nullable String versionId, @Nullable Version marker) {
    if (marker == null) {
      return versionId == null
          ? Failure.of("NoSuchKey").element("Key", key)
          : Failure.of("NoSuchVersion").element("Key", key).element("VersionId", versionId);
    }
    Failure failure =
        versionId == null
            ? Failure.of("NoSuchKey").element("Key", key)
            : Failure.of("MethodNotAllowed").element("ResourceType", "DeleteMarker").element("Method", method);
    failure = failure.header("x-oss-delete-marker", "true");
    return bucket.versioning() == Versioning.OFF ? failure : failure.header("x-oss-version-id", marker.versionId());
  }

  /** The answer with the version's id, of which only buckets speak that keep versions or did so once. */
  static Answer versioned(Answer answer, Bucket bucket, Version version) {
    return bucket.versioning() == Versioning.OFF ? answer : answer.with("x-oss-version-id", version.versionId());
  }
}
