package dev.ossresilience.testkit.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Buckets and their objects. Every method holds the store's lock; whoever needs several of them in one step takes it around them. */
public final class Store {
  private final TreeMap<String, Bucket> buckets = new TreeMap<>();

  /** What a second writer appended, by bucket and key. */
  private final Map<String, Buffer> foreign = new HashMap<>();

  public Store(Collection<String> bucketNames, Instant now) {
    for (String name : bucketNames) {
      buckets.put(name, new Bucket(name, now));
    }
  }

  public synchronized boolean hasBucket(String bucket) {
    return buckets.containsKey(bucket);
  }

  /** A bucket that is known to exist. To be used with this store's lock held. */
  public synchronized Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException("no bucket '" + name + "': name it in the builder");
    }
    return bucket;
  }

  /** All buckets by name. To be used with this store's lock held. */
  public synchronized SortedMap<String, Bucket> buckets() {
    return Collections.unmodifiableSortedMap(buckets);
  }

  public synchronized void createBucket(Bucket bucket) {
    buckets.put(bucket.name(), bucket);
  }

  public synchronized void deleteBucket(String name) {
    buckets.remove(name);
  }

  /** The current object, null if there is none or a delete marker. */
  public synchronized @Nullable StoredObject get(String bucket, String key) {
    return bucket(bucket).objects().get(key);
  }

  /** Puts an object of the bucket's own storage class. */
  public synchronized void put(String bucket, String key, StoredObject object) {
    object.storageClass(bucket(bucket).attributes().storageClass());
    bucket(bucket).put(key, object);
  }

  public synchronized void remove(String bucket, String key, Instant now) {
    bucket(bucket).delete(key, now);
  }

  public synchronized byte @Nullable [] bytesOf(String bucket, String key) {
    StoredObject object = get(bucket, key);
    return object == null ? null : object.slice(0, object.length());
  }

  /**
   * Appends as a second writer would, who knows the end; creates the object if it is absent.
   *
   * @return false if nothing changed: no such bucket, not an appendable object or too long a one, or no bytes
   */
  public synchronized boolean foreignAppend(String bucket, String key, ByteString bytes, Instant now) {
    if (!hasBucket(bucket) || bytes.size() == 0) {
      return false;
    }
    StoredObject object = get(bucket, key);
    if (object == null) {
      object = StoredObject.appendable(Collections.emptySortedMap(), now);
      put(bucket, key, object);
    }
    if (!object.isAppendable() || !StoredObject.fits(object.length(), bytes.size())) {
      return false;
    }
    object.append(bytes, now);
    foreign.computeIfAbsent(path(bucket, key), path -> new Buffer()).write(bytes);
    return true;
  }

  public synchronized byte[] foreignBytes(String bucket, String key) {
    Buffer bytes = foreign.get(path(bucket, key));
    return bytes == null ? new byte[0] : bytes.snapshot().toByteArray();
  }

  private static String path(String bucket, String key) {
    return bucket + "/" + key; // a bucket's name has no slash
  }
}
