package dev.ossresilience.testkit.operation;

import dev.ossresilience.testkit.answer.Outcome;
import dev.ossresilience.testkit.answer.Xml;
import dev.ossresilience.testkit.operation.Operation.Level;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Bucket;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.store.Version;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.Deque;
import java.util.List;

/** GetBucketStat. OSS counts now and then, the simulator when asked. */
final class BucketStat {
  private final Store store;
  private final ServerClock clock;

  BucketStat(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(Operation.of("GetBucketStat", "GET", Level.BUCKET, this::stat).with("stat"));
  }

  private Outcome stat(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    long bytes = 0;
    long objects = 0;
    long deleteMarkers = 0;
    for (Deque<Version> history : bucket.versions().values()) {
      for (Version version : history) {
        StoredObject object = version.object();
        bytes += object == null ? 0 : object.length();
        objects += object == null ? 0 : 1;
        deleteMarkers += object == null ? 1 : 0;
      }
    }
    Xml xml = new Xml();
    long storage = bytes;
    long count = objects;
    long markers = deleteMarkers;
    return xml.group("BucketStat", stat -> {
      stat.text("Storage", storage).text("ObjectCount", count).text("MultipartUploadCount", bucket.uploads().size());
      stat.text("LiveChannelCount", 0).text("LastModifiedTime", clock.now().getEpochSecond());
      stat.text("StandardStorage", storage).text("StandardObjectCount", count);
      for (String empty : List.of("InfrequentAccess", "Archive", "ColdArchive", "DeepColdArchive")) {
        stat.text(empty + "Storage", 0).text(empty + "RealStorage", 0).text(empty + "ObjectCount", 0);
      }
      stat.text("MultipartPartCount", bucket.uploads().all().stream().mapToLong(upload -> upload.parts().size()).sum());
      stat.text("DeleteMarkerCount", markers);
    }).answer();
  }
}
