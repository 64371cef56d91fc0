package dev.ossresilience.testkit.store;

import dev.ossresilience.testkit.answer.ScatteredIds;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The multipart uploads of a bucket that are neither completed nor aborted. Guarded by the lock of its {@link Store}. */
public final class Uploads {
  private final Map<String, Upload> byId = new HashMap<>();
  private long count;

  public Upload start(String key, StoredObject outline, Instant now) {
    // As in real ids the time comes first.
    String id = String.format(Locale.ROOT, "%016X%016X", now.toEpochMilli() * 1000, ScatteredIds.scattered(++count));
    Upload upload = new Upload(key, id, outline, now);
    byId.put(id, upload);
    return upload;
  }

  /** Null if there is no such upload to that key. */
  public @Nullable Upload get(String key, String id) {
    Upload upload = byId.get(id);
    return upload != null && upload.key().equals(key) ? upload : null;
  }

  public void end(Upload upload) {
    byId.remove(upload.id());
  }

  /** In the order of a listing: by key, then by id. */
  public List<Upload> all() {
    return byId.values().stream().sorted(Comparator.comparing(Upload::key, KeyOrder.UTF_8).thenComparing(Upload::id)).toList();
  }

  public int size() {
    return byId.size();
  }
}
