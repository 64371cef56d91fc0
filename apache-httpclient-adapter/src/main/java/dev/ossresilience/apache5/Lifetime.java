package dev.ossresilience.apache5;

import java.io.Closeable;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a client was closed, for calls that wait within it. Thread-safe. */
final class Lifetime implements Closeable {
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
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

  /** Runs {@code end} when the client is closed, on that thread; at once if it is. Until {@link #forget}. */
  void tell(Runnable end) {
    waiting.add(end);
    if (over && waiting.remove(end)) {
      end.run();
    }
  }

  void forget(Runnable end) {
    waiting.remove(end);
  }

  @Override
  public void close() {
    over = true;
    for (Runnable end : waiting.toArray(Runnable[]::new)) {
      if (waiting.remove(end)) {
        end.run();
      }
    }
  }
}
