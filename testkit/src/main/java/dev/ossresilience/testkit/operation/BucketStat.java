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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** GetBucketStat. OSS counts now and then, the simulator when asked. */
final class BucketStat {
  private static final Count NONE = new Count(0, 0);

  private final Store store;
  private final ServerClock clock;

  BucketStat(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What there is of one storage class. */
  private record Count(long bytes, long objects) {
    Count plus(Count other) {
      return new Count(bytes + other.bytes, objects + other.objects);
    }
  }

  List<Operation> operations() {
    return List.of(Operation.of("GetBucketStat", "GET", Level.BUCKET, this::stat).with("stat"));
  }

  private Outcome stat(OssRequest request) {
    Bucket bucket = store.bucket(request.bucketName());
    Map<String, Count> byClass = new HashMap<>();
    long deleteMarkers = 0;
    for (Deque<Version> history : bucket.versions().values()) {
      for (Version version : history) {
        StoredObject object = version.object();
        deleteMarkers += object == null ? 1 : 0;
        if (object != null) {
          byClass.merge(object.storageClass(), new Count(object.length(), 1), Count::plus);
        }
      }
    }
    Count all = byClass.values().stream().reduce(NONE, Count::plus);
    long markers = deleteMarkers;
    return new Xml().group("BucketStat", stat -> {
      stat.text("Storage", all.bytes()).text("ObjectCount", all.objects()).text("MultipartUploadCount", bucket.uploads().size());
      stat.text("LiveChannelCount", 0).text("LastModifiedTime", clock.now().getEpochSecond());
      Count standard = byClass.getOrDefault("Standard", NONE);
      stat.text("StandardStorage", standard.bytes()).text("StandardObjectCount", standard.objects());
      for (String other : List.of("IA", "Archive", "ColdArchive", "DeepColdArchive")) {
        Count count = byClass.getOrDefault(other, NONE);
        String name = other.equals("IA") ? "InfrequentAccess" : other;
        stat.text(name + "Storage", count.bytes()).text(name + "RealStorage", count.bytes()).text(name + "ObjectCount", count.objects());
      }
      stat.text("MultipartPartCount", bucket.uploads().all().stream().mapToLong(upload -> upload.parts().size()).sum());
      stat.text("DeleteMarkerCount", markers);
    }).answer();
  }
}
