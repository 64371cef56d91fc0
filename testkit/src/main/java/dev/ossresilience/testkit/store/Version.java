package dev.ossresilience.testkit.store;

import java.time.Instant;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** An object or a delete marker at its place in the history of a key. Guarded by the lock of its {@link Store}. */
public final class Version {
  /** The id of what is written while versioning is off or suspended. */
  public static final String NULL_ID = "null";

  private final Deque<Version> history;
  private final String versionId;
  private final @Nullable StoredObject object;
  private final Instant created;

  Version(Deque<Version> history, String versionId, @Nullable StoredObject object, Instant created) {
    this.history = history;
    this.versionId = versionId;
    this.object = object;
    this.created = created;
  }

  public String versionId() {
    return versionId;
  }

  /** Null if this is a delete marker. */
  public @Nullable StoredObject object() {
    return object;
  }

  public Instant lastModified() {
    return object == null ? created : object.lastModified();
  }

  public boolean isDeleteMarker() {
    return object == null;
  }

  public boolean isLatest() {
    return history.peekFirst() == this;
  }
}
