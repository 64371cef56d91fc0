package dev.ossresilience.okhttp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kotlin.jvm.functions.Function0;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** What may be attached to a call of OkHttp 5: tags beyond the request's, and listeners. Thread-safe. */
final class CallExtras {
  private final Request request;
  private final Map<Class<?>, Object> tags = new ConcurrentHashMap<>();
  private final List<EventListener> listeners = new CopyOnWriteArrayList<>();

  CallExtras(Request request) {
    this.request = request;
  }

  void add(EventListener listener) {
    listeners.add(listener);
  }

  /** Lets the listeners hear of one request of the call too. */
  void applyTo(Call one) {
    listeners.forEach(one::addEventListener);
  }

  <T> @Nullable T tag(Class<? extends T> type) {
    T given = request.tag(type);
    return given != null ? given : type.cast(tags.get(type));
  }

  <T> T tag(Class<T> type, Function0<? extends T> computeIfAbsent) {
    T present = this.<T>tag(type);
    if (present != null) {
      return present;
    }
    T computed = computeIfAbsent.invoke(); // with no lock held, as OkHttp does
    Object first = tags.putIfAbsent(type, computed);
    return first == null ? computed : type.cast(first);
  }
}
