package dev.ossresilience.apache5;

import java.io.Closeable;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a client was closed, for calls that wait within it. Thread-safe. */
final class Lifetime implements Closeable {
  /** A call within a client. */
  interface Call {
    /** The client is being closed: what waits ends, what is under way may come to its end. */
    void closing();

    /** The client is closed: what is still under way ends, for the client forgets those that wait for a connection. */
    void closed();
  }

  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /** That of the client that will be built by {@code builder}, one of HttpClient's two that have this method. */
  static Lifetime of(Object builder, Class<?> type) {
    Lifetime lifetime = new Lifetime();
    try {
      // The builders have no other way in: it is theirs for subclasses, and whoever calls us has a builder already.
      Method add = type.getDeclaredMethod("addCloseable", Closeable.class);
      add.setAccessible(true);
      add.invoke(builder, lifetime);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then a wait runs to its end, and what follows it meets the closed client.
    }
    return lifetime;
  }

  boolean isOver() {
    return over;
  }

  /** Tells a call when the client is closed, on that thread; at once if it is. Until {@link #forget}. */
  void tell(Call call) {
    calls.add(call);
    if (over) {
      call.closing();
    }
  }

  void forget(Call call) {
    calls.remove(call);
  }

  /** What closes the client has begun. */
  void begin() {
    over = true;
    calls.forEach(Call::closing);
  }

  /** The client was closed. */
  @Override
  public void close() {
    begin();
    calls.forEach(Call::closed);
  }
}
