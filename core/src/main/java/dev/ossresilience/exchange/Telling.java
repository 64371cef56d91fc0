package dev.ossresilience.exchange;

import dev.ossresilience.report.Event;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells what happens in one exchange. There is none, and no event is made, where nobody listens. */
final class Telling {
  private final Listeners listeners;
  private final OssEvent.Call call;
  private int attempts;
  private int probes;

  private Telling(Listeners listeners, OssEvent.Call call) {
    this.listeners = listeners;
    this.call = call;
  }

  /** Null if nobody listens. */
  static @Nullable Telling of(Listeners listeners, Subject subject, @Nullable String name) {
    return listeners.hearEvents() || CallLog.isDetailed() ? new Telling(listeners, subject.call(name)) : null;
  }

  OssEvent.Call call() {
    return call;
  }

  void tell(OssEvent event) {
    CallLog.note(event);
    listeners.tell(event);
  }

  void started(Event.Kind kind, @Nullable Reason reason) {
    if (kind == Event.Kind.PROBE) {
      probes++;
    } else {
      attempts++;
    }
    tell(new OssEvent.AttemptStarted(call, kind, number(kind), reason));
  }

  void answered(Event.Kind kind, long nanos, int status, @Nullable String code, @Nullable String requestId) {
    tell(new OssEvent.AttemptAnswered(call, kind, number(kind), Duration.ofNanos(nanos), status, code, requestId));
  }

  void failed(Event.Kind kind, long nanos, IOException failure) {
    tell(new OssEvent.AttemptFailed(call, kind, number(kind), Duration.ofNanos(nanos), failure.getClass().getSimpleName()));
  }

  private int number(Event.Kind kind) {
    return kind == Event.Kind.PROBE ? probes : attempts;
  }
}
