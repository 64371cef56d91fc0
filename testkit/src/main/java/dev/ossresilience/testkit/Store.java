package dev.ossresilience.testkit;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Buckets and their objects. Every method holds the store's lock; whoever needs several of them in one step takes it around them. */
final class Store {
  private final Map<String, Map<String, StoredObject>> buckets = new HashMap<>();

  /** What a second writer appended, by bucket and key. */
  private final Map<String, Buffer> foreign = new HashMap<>();

  Store(Collection<String> bucketNames) {
    for (String bucket : bucketNames) {
      buckets.put(bucket, new HashMap<>());
    }
  }

  synchronized boolean hasBucket(String bucket) {
    return buckets.containsKey(bucket);
  }

  synchronized @Nullable StoredObject get(String bucket, String key) {
    return objects(bucket).get(key);
  }

  synchronized void put(String bucket, String key, StoredObject object) {
    objects(bucket).put(key, object);
  }

  synchronized void remove(String bucket, String key) {
    objects(bucket).remove(key);
  }

  synchronized byte @Nullable [] bytesOf(String bucket, String key) {
    StoredObject object = get(bucket, key);
    return object == null ? null : object.slice(0, object.length());
  }

  /**
   * Appends as a second writer would, who knows the end; creates the object if it is absent.
   *
   * @return false if nothing changed: no such bucket, not an appendable object, or no bytes
   */
  synchronized boolean foreignAppend(String bucket, String key, ByteString bytes, Instant now) {
    if (!hasBucket(bucket) || bytes.size() == 0) {
      return false;
    }
    StoredObject object = get(bucket, key);
    if (object == null) {
      object = StoredObject.appendable(Collections.emptySortedMap(), now);
      put(bucket, key, object);
    }
    if (!object.isAppendable()) {
      return false;
    }
    object.append(bytes, now);
    foreign.computeIfAbsent(path(bucket, key), path -> new Buffer()).write(bytes);
    return true;
  }

  synchronized byte[] foreignBytes(String bucket, String key) {
    Buffer bytes = foreign.get(path(bucket, key));
    return bytes == null ? new byte[0] : bytes.snapshot().toByteArray();
  }

  private Map<String, StoredObject> objects(String bucket) {
    Map<String, StoredObject> objects = buckets.get(bucket);
    if (objects == null) {
      throw new IllegalArgumentException("no bucket '" + bucket + "': name it in the builder");
    }
    return objects;
  }

  private static String path(String bucket, String key) {
    return bucket + "/" + key; // a bucket's name has no slash
  }
}
