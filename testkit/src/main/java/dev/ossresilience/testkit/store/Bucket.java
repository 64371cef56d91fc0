package dev.ossresilience.testkit.store;

import dev.ossresilience.testkit.answer.ScatteredIds;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bucket and what is in it. Guarded by the lock of its {@link Store}. */
public final class Bucket {
  private final String name;
  private final Instant created;
  private final TreeMap<String, Deque<Version>> versions = new TreeMap<>(KeyOrder.UTF_8);

  /** What {@link #versions} comes to for those who don't ask for versions; kept so that a listing needn't look past delete markers. */
  private final TreeMap<String, StoredObject> objects = new TreeMap<>(KeyOrder.UTF_8);

  private final Uploads uploads = new Uploads();

  private BucketAttributes attributes = BucketAttributes.DEFAULT;
  private Versioning versioning = Versioning.OFF;
  private long versionCount;

  public Bucket(String name, Instant created) {
    this.name = name;
    this.created = created;
  }

  public String name() {
    return name;
  }

  public Instant created() {
    return created;
  }

  public BucketAttributes attributes() {
    return attributes;
  }

  public void attributes(BucketAttributes changed) {
    attributes = changed;
  }

  public Uploads uploads() {
    return uploads;
  }

  public Versioning versioning() {
    return versioning;
  }

  public void versioning(Versioning changed) {
    versioning = changed;
  }

  /** The current objects by key, in the order of a listing; without the keys whose current version is a delete marker. */
  public NavigableMap<String, StoredObject> objects() {
    return Collections.unmodifiableNavigableMap(objects);
  }

  /** All versions by key, in the order of a listing: keys ascending, newest version first. */
  public NavigableMap<String, Deque<Version>> versions() {
    return Collections.unmodifiableNavigableMap(versions);
  }

  /** The current version, which may be a delete marker; null if there is none. */
  public @Nullable Version latest(String key) {
    Deque<Version> history = versions.get(key);
    return history == null ? null : history.peekFirst();
  }

  /** The version of that id, null if there is none. */
  public @Nullable Version version(String key, String versionId) {
    for (Version version : versions.getOrDefault(key, new ArrayDeque<>(1))) {
      if (version.versionId().equals(versionId)) {
        return version;
      }
    }
    return null;
  }

  /** Makes an object the current one of its key; what it replaces stays as a version if the bucket keeps versions. */
  public Version put(String key, StoredObject object) {
    // Appending doesn't make versions, and what can be appended to has the id "null" even while versioning is enabled.
    boolean named = versioning == Versioning.ENABLED && !object.isAppendable();
    return add(key, object, named ? nextId() : Version.NULL_ID, object.lastModified());
  }

  /** Deletes as a request without a version id does: for good, or by a delete marker, which is returned. */
  public @Nullable Version delete(String key, Instant now) {
    if (versioning == Versioning.OFF) {
      deleteVersion(key, Version.NULL_ID);
      return null;
    }
    return add(key, null, versioning == Versioning.ENABLED ? nextId() : Version.NULL_ID, now);
  }

  /** Deletes one version for good and returns it; null if there is none. */
  public @Nullable Version deleteVersion(String key, String versionId) {
    Version version = version(key, versionId);
    Deque<Version> history = versions.get(key);
    if (version != null && history != null) {
      history.remove(version);
      if (history.isEmpty()) {
        versions.remove(key);
      }
      refresh(key);
    }
    return version;
  }

  private Version add(String key, @Nullable StoredObject object, String versionId, Instant now) {
    Deque<Version> history = versions.computeIfAbsent(key, absent -> new ArrayDeque<>(1));
    if (versionId.equals(Version.NULL_ID)) {
      history.removeIf(old -> old.versionId().equals(versionId));
    }
    Version version = new Version(history, versionId, object, now);
    history.addFirst(version);
    refresh(key);
    return version;
  }

  private void refresh(String key) {
    Version latest = latest(key);
    StoredObject object = latest == null ? null : latest.object();
    if (object == null) {
      objects.remove(key);
    } else {
      objects.put(key, object);
    }
  }

  /** Opaque, and as real ones free of characters that a URL would have to escape. */
  private String nextId() {
    versionCount++;
    long scattered = ScatteredIds.scattered(versionCount);
    long ofBucket = ScatteredIds.scattered(name.hashCode());
    byte[] id = ByteBuffer.allocate(24).putLong(versionCount).putLong(scattered).putLong(ofBucket).array();
    return "CAEQ" + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
