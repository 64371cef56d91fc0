package dev.ossresilience.opentelemetry;

import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.OssListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds what was decided in a call to OSS, with its reason, as events to the span that is current where the call is made; makes no span itself.
 * Says nothing of attempts that were answered with a success. No attribute has a bucket or a key.
 */
public final class OssTracing implements OssListener {
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("oss.reason");
  private static final AttributeKey<String> CODE = AttributeKey.stringKey("oss.error_code");
  private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("oss.request_id");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("oss.outcome");
  private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> EXCEPTION = AttributeKey.stringKey("exception.type");
  private static final AttributeKey<Long> DELAY = AttributeKey.longKey("oss.delay_ms");
  private static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("oss.attempts");

  /** Of calls under way: what follows may happen on threads that know nothing of the span. One that never begins is forgotten too. */
  private final Map<Key, Span> spans = new ConcurrentHashMap<>();

  private final ReferenceQueue<OssEvent.Call> gone = new ReferenceQueue<>();

  private OssTracing() {}

  /** To be given to {@code OssResilience.builder().events(...)}. */
  public static OssTracing listener() {
    return new OssTracing();
  }

  @Override
  public void onEvent(OssEvent event) {
    Key key = new Key(event.call(), gone);
    if (event instanceof OssEvent.CallStarted) {
      for (Reference<?> one = gone.poll(); one != null; one = gone.poll()) {
        spans.remove(one);
      }
      if (Span.current().isRecording()) {
        spans.put(key, Span.current());
      }
      return;
    }
    Span span = event instanceof OssEvent.CallEnded ? spans.remove(key) : spans.get(key);
    Attributes attributes = span == null ? null : attributes(event);
    if (span != null && attributes != null) {
      span.addEvent("oss." + event.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT), attributes);
    }
  }

  /** One call, which may be equal to others. */
  private static final class Key extends WeakReference<OssEvent.Call> {
    private final int hash;

    Key(OssEvent.Call call, ReferenceQueue<OssEvent.Call> gone) {
      super(call, gone);
      this.hash = System.identityHashCode(call);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      OssEvent.Call call = get();
      return this == other || (other instanceof Key key && call != null && key.refersTo(call));
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Null for what isn't worth an event. */
  private static @Nullable Attributes attributes(OssEvent event) {
    AttributesBuilder to = Attributes.builder();
    if (event instanceof OssEvent.AttemptStarted || (event instanceof OssEvent.AttemptAnswered answered && answered.isSuccessful())) {
      return null; // the client's own span says so
    } else if (event instanceof OssEvent.AttemptAnswered a) {
      return to.put(STATUS, (long) a.status()).put(CODE, a.code()).put(REQUEST_ID, a.requestId()).build();
    } else if (event instanceof OssEvent.AttemptFailed f) {
      return to.put(EXCEPTION, f.exception()).build();
    } else if (event instanceof OssEvent.Waiting w) {
      return reason(to, w.reason()).put(DELAY, w.delay().toMillis()).build();
    } else if (event instanceof OssEvent.HeldBack h) {
      return to.put(DELAY, h.delay().toMillis()).build();
    } else if (event instanceof OssEvent.Stopped s) {
      return reason(to, s.reason()).build();
    } else if (event instanceof OssEvent.Verified v) {
      return reason(to, v.reason()).build();
    } else if (event instanceof OssEvent.Ambiguous a) {
      return reason(to, a.reason()).build();
    } else if (event instanceof OssEvent.CallEnded e) {
      return to.put(OUTCOME, text(e.report().outcome())).put(ATTEMPTS, (long) e.report().attempts()).build();
    }
    return Attributes.empty();
  }

  private static AttributesBuilder reason(AttributesBuilder to, Enum<?> reason) {
    return to.put(REASON, text(reason));
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
