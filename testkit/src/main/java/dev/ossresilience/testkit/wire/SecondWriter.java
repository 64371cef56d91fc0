package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.fault.ForeignAppendFault;
import dev.ossresilience.testkit.fault.ForeignWriteFault;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.store.StoredObject;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import okio.ByteString;

/** Somebody else who appends to the same objects. Thread-safe. */
final class SecondWriter {
  private final Store store;
  private final ServerClock clock;

  /** Makes the bytes differ from one append to the next. */
  private final AtomicLong appends = new AtomicLong();

  SecondWriter(Store store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Appends to the object of a request, if that request is one that would notice; whether it did. */
  boolean append(OssRequest request, ForeignAppendFault fault) {
    String bucket = request.bucket();
    String key = request.key();
    boolean reads = request.isHead() || request.method().equals("GET");
    if (bucket == null || key == null || !(reads || request.isAppend())) {
      return false;
    }
    byte[] given = fault.bytes();
    ByteString bytes = given != null ? ByteString.of(given) : unlike(request.body());
    synchronized (store) {
      boolean absent = store.hasBucket(bucket) && store.get(bucket, key) == null;
      return !(reads && absent) && store.foreignAppend(bucket, key, bytes, clock.now());
    }
  }

  /** Does away with the object of a request; whether there was something to do. */
  boolean write(OssRequest request, ForeignWriteFault fault) {
    String bucket = request.bucket();
    String key = request.key();
    if (bucket == null || key == null) {
      return false;
    }
    synchronized (store) {
      if (!store.hasBucket(bucket) || (fault.kind() == ForeignWriteFault.Kind.DELETE && store.get(bucket, key) == null)) {
        return false;
      }
      ByteString content = ByteString.encodeUtf8(fault.content());
      switch (fault.kind()) {
        case DELETE -> store.remove(bucket, key, clock.now());
        case PUT -> store.put(bucket, key, StoredObject.normal(content, Collections.emptySortedMap(), clock.now()));
        case REPLACE -> {
          StoredObject replacement = StoredObject.appendable(Collections.emptySortedMap(), clock.now());
          replacement.append(content, clock.now());
          store.put(bucket, key, replacement);
        }
      }
      return true;
    }
  }

  /** As many bytes as the body has, but others. */
  private ByteString unlike(ByteString body) {
    byte[] bytes = new byte[body.size()];
    new Random(appends.incrementAndGet()).nextBytes(bytes);
    if (bytes.length > 0 && bytes[0] == body.getByte(0)) {
      bytes[0]++; // one byte can be equal by chance
    }
    return ByteString.of(bytes);
  }
}
