package dev.ossresilience.testkit.store;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A multipart upload in progress. Guarded by the lock of its {@link Store}. */
public final class Upload {
  private final String key;
  private final String id;
  private final StoredObject outline;
  private final Instant initiated;
  private final TreeMap<Integer, Part> parts = new TreeMap<>();

  Upload(String key, String id, StoredObject outline, Instant initiated) {
    this.key = key;
    this.id = id;
    this.outline = outline;
    this.initiated = initiated;
  }

  public String key() {
    return key;
  }

  public String id() {
    return id;
  }

  /** What the object will have besides its bytes. */
  public StoredObject outline() {
    return outline;
  }

  public Instant initiated() {
    return initiated;
  }

  /** By number. */
  public NavigableMap<Integer, Part> parts() {
    return Collections.unmodifiableNavigableMap(parts);
  }

  /** Adds a part, or replaces the one of that number. */
  public void put(Part part) {
    parts.put(part.number(), part);
  }
}
