package dev.ossresilience.testkit.operation;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.request.XmlElement;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.Version;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DeleteObject and DeleteMultipleObjects. */
final class Deletions {
  /** As many keys as OSS takes in one request. */
  private static final int MAX_KEYS = 1000;

  private final Store store;
  private final ServerClock clock;

  Deletions(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("DeleteObject", "DELETE", Level.OBJECT, this::deleteOne).maybe("versionId"),
        Operation.of("DeleteMultipleObjects", "POST", Level.BUCKET, this::deleteMany).with("delete").maybe("encoding-type"));
  }

  /**
   * What a deletion did.
   *
   * @param versionId the version asked for, null if none was
   * @param marker the delete marker that was made, or that was itself deleted; null if none was
   */
  private record Deleted(String key, @Nullable String versionId, @Nullable Version marker) {}

  private Outcome deleteOne(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    Deleted deleted = delete(bucket, request.keyName(), request.query().first("versionId"));
    Answer answer = Answer.of(204);
    if (deleted.marker != null) {
      return answer.with("x-oss-delete-marker", "true").with("x-oss-version-id", deleted.marker.versionId());
    }
    return deleted.versionId == null ? answer : answer.with("x-oss-version-id", deleted.versionId);
  }

  private Outcome deleteMany(OssRequest request) {
    if (request.header("content-md5") == null) {
      return Failure.of("MissingArgument").element("ArgumentName", "Content-MD5");
    }
    Failure damaged = WriteChecks.first(WriteChecks.length(request), WriteChecks.damage(request));
    if (damaged != null) {
      return damaged;
    }
    String encoding = request.query().first("encoding-type");
    if (encoding != null && !encoding.equals("url")) {
      return Wrong.argument("encoding-type", encoding);
    }
    XmlElement root = XmlElement.parse(request.body());
    if (root == null) {
      return Failure.of("MalformedXML");
    }
    if (!root.name().equals("Delete")) {
      return Failure.of("MalformedXML").element("ErrorDetail", "the root node is not named Delete.");
    }
    List<XmlElement> objects = root.children("Object");
    boolean keysAreThere = objects.stream().allMatch(object -> object.childText("Key") != null && !"".equals(object.childText("Key")));
    if (objects.isEmpty() || objects.size() > MAX_KEYS || !keysAreThere) {
      return Failure.of("MalformedXML");
    }
    Bucket bucket = store.bucket(request.bucketName());
    List<Deleted> done = new ArrayList<>();
    for (XmlElement object : objects) {
      String key = object.childText("Key");
      if (key != null) {
        done.add(delete(bucket, key, object.childWord("VersionId")));
      }
    }
    return "true".equalsIgnoreCase(root.childWord("Quiet")) ? Answer.of(200) : listed(done, encoding != null);
  }

  private Deleted delete(Bucket bucket, String key, @Nullable String versionId) {
    if (versionId == null || versionId.isEmpty()) {
      return new Deleted(key, null, bucket.delete(key, clock.now()));
    }
    Version gone = bucket.deleteVersion(key, versionId);
    return new Deleted(key, versionId, gone != null && gone.isDeleteMarker() ? gone : null);
  }

  private static Answer listed(List<Deleted> done, boolean encoded) {
    return new Xml()
        .group("DeleteResult", result -> {
          if (encoded) {
            result.text("EncodingType", "url");
          }
          done.forEach(one -> result.group("Deleted", deleted -> describe(deleted, one, encoded)));
        })
        .answer();
  }

  private static void describe(Xml deleted, Deleted one, boolean encoded) {
    deleted.text("Key", encoded ? PercentEncoding.encode(one.key, true) : one.key);
    if (one.versionId != null) {
      deleted.text("VersionId", one.versionId);
    }
    if (one.marker != null) {
      deleted.text("DeleteMarker", true).text("DeleteMarkerVersionId", one.marker.versionId());
    }
  }
}
