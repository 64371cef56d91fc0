package dev.ossresilience.testkit.store;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A bucket and what is in it. Guarded by the lock of its {@link Store}. */
public final class Bucket {
  private final String name;
  private final Instant created;
  private final TreeMap<String, StoredObject> objects = new TreeMap<>();

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

  /** The current objects by key, in the order of a listing. */
  public NavigableMap<String, StoredObject> objects() {
    return objects;
  }
}
