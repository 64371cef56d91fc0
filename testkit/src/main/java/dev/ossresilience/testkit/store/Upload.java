package dev.ossresilience.testkit.store;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** A multipart upload in progress. Guarded by the lock of its {@link Store}. */
public final class Upload {
  private final String key;
  private final String id;
  private final SortedMap<String, String> metadata;
  private final Instant initiated;
  private final TreeMap<Integer, Part> parts = new TreeMap<>();

  Upload(String key, String id, SortedMap<String, String> metadata, Instant initiated) {
    this.key = key;
    this.id = id;
    this.metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    this.initiated = initiated;
  }

  public String key() {
    return key;
  }

  public String id() {
    return id;
  }

  /** What the object will have. */
  public SortedMap<String, String> metadata() {
    return metadata;
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
