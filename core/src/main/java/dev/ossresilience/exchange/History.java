package dev.ossresilience.exchange;

import dev.ossresilience.report.Event;
import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened so far in one exchange. */
final class History {
  private final Room room;
  private final List<Event> events = new ArrayList<>(2);
  private final List<IOException> failures = new ArrayList<>(0);
  private Event.Kind kind = Event.Kind.ATTEMPT;
  private @Nullable Reason reason;
  private long beganNanos;

  History(Room room) {
    this.room = room;
  }

  void begin(Event.Kind kind, @Nullable Reason reason, long nowNanos) {
    this.kind = kind;
    this.reason = reason;
    this.beganNanos = nowNanos;
  }

  /** What the client below did by itself: nobody knows when, or what came of it, but that it was sent. */
  void repeatedBelow(int times) {
    for (int i = 0; i < times; i++) {
      events.add(new Event(kind, Duration.ofNanos(beganNanos - room.startNanos()), Duration.ZERO, "repeated by the HTTP client", null, reason));
      reason = Reason.TRANSPORT_FAILURE;
    }
  }

  void answered(int status, @Nullable String code, @Nullable String requestId, long nowNanos) {
    add(code == null ? String.valueOf(status) : status + " " + code, requestId, nowNanos);
  }

  void failed(IOException failure, long nowNanos) {
    failures.add(failure);
    add(failure.getClass().getSimpleName(), null, nowNanos);
  }

  /** Notes what is wrong with what was answered. */
  void found(IOException damage) {
    failures.add(damage);
  }

  void waits(Duration delay, Reason why, long nowNanos) {
    events.add(new Event(Event.Kind.WAIT, Duration.ofNanos(nowNanos - room.startNanos()), delay, "", null, why));
  }

  /** No further attempt is made, for that reason. */
  void stops(Reason why, long nowNanos) {
    events.add(new Event(Event.Kind.STOP, Duration.ofNanos(nowNanos - room.startNanos()), Duration.ZERO, "", null, why));
  }

  private void add(String result, @Nullable String requestId, long nowNanos) {
    events.add(
        new Event(kind, Duration.ofNanos(beganNanos - room.startNanos()), Duration.ofNanos(nowNanos - beganNanos), result, requestId, reason));
  }

  boolean hasSentMoreThanOnce() {
    return events.stream().filter(event -> event.kind() == Event.Kind.ATTEMPT || event.kind() == Event.Kind.PROBE).count() > 1;
  }

  List<Event> events() {
    return events;
  }

  /** Attaches the exceptions of earlier attempts to the one the caller gets. */
  <E extends IOException> E explain(E thrown) {
    for (IOException earlier : failures) {
      if (earlier != thrown && earlier != thrown.getCause()) {
        thrown.addSuppressed(earlier);
      }
    }
    return thrown;
  }
}
