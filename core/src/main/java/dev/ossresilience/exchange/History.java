package dev.ossresilience.exchange;

import dev.ossresilience.report.Event;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened so far in one exchange. The last answer is kept as it came: with most calls it is the only one, and nobody asks. */
final class History {
  private final Room room;

  /** Null if nobody is told. */
  private final @Nullable Telling telling;

  /** All but the last answer; null for none. */
  private @Nullable List<Event> earlier;

  private @Nullable List<IOException> failures;
  private Event.Kind kind = Event.Kind.ATTEMPT;
  private @Nullable Reason reason;
  private long beganNanos;

  /** Whether the last answer isn't among the events yet. */
  private boolean pending;

  private int status;
  private @Nullable String code;
  private @Nullable String requestId;
  private long answeredNanos;

  History(Room room, @Nullable Telling telling) {
    this.room = room;
    this.telling = telling;
  }

  void begin(Event.Kind kind, @Nullable Reason reason, long nowNanos) {
    settle();
    this.kind = kind;
    this.reason = reason;
    this.beganNanos = nowNanos;
  }

  /** What was begun goes out now. */
  void sent() {
    if (telling != null) {
      telling.started(kind, reason);
    }
  }

  /** What the client below did by itself: nobody knows when, or what came of it, but that it was sent. */
  void repeatedBelow(int times) {
    for (int i = 0; i < times; i++) {
      add(new Event(kind, began(), Duration.ZERO, "repeated by the HTTP client", null, reason));
      reason = Reason.TRANSPORT_FAILURE;
    }
    if (telling != null && times > 0) {
      telling.tell(new OssEvent.RepeatedByClient(telling.call(), times));
    }
  }

  void answered(int status, @Nullable String code, @Nullable String requestId, long nowNanos) {
    settle();
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.answeredNanos = nowNanos;
    this.pending = true;
    if (telling != null) {
      telling.answered(kind, nowNanos - beganNanos, status, code, requestId);
    }
  }

  void failed(IOException failure, long nowNanos) {
    found(failure);
    broke(failure, nowNanos);
    if (telling != null) {
      telling.failed(kind, nowNanos - beganNanos, failure);
    }
  }

  /** The client below threw what no client should. */
  void broke(Throwable thrown, long nowNanos) {
    add(new Event(kind, began(), Duration.ofNanos(nowNanos - beganNanos), thrown.getClass().getSimpleName(), null, reason));
  }

  /** Notes what is wrong with what was answered. */
  void found(IOException damage) {
    if (failures == null) {
      failures = new ArrayList<>(2);
    }
    failures.add(damage);
  }

  void waits(Duration delay, Reason why, long nowNanos) {
    add(new Event(Event.Kind.WAIT, Duration.ofNanos(nowNanos - room.startNanos()), delay, "", null, why));
    if (telling != null) {
      telling.tell(new OssEvent.Waiting(telling.call(), delay, why));
    }
  }

  /** What was waited for isn't any more. */
  void waitEnds(long nowNanos) {
    if (pending || earlier == null || earlier.isEmpty()) {
      return;
    }
    Event wait = earlier.get(earlier.size() - 1);
    Duration been = Duration.ofNanos(nowNanos - room.startNanos()).minus(wait.start());
    if (wait.kind() == Event.Kind.WAIT && been.compareTo(wait.duration()) < 0) {
      earlier.set(earlier.size() - 1, new Event(wait.kind(), wait.start(), been, wait.result(), null, wait.reason()));
    }
  }

  /** No further attempt is made, for that reason. */
  void stops(Reason why, long nowNanos) {
    add(new Event(Event.Kind.STOP, Duration.ofNanos(nowNanos - room.startNanos()), Duration.ZERO, "", null, why));
    if (telling != null) {
      telling.tell(new OssEvent.Stopped(telling.call(), why));
    }
  }

  private void add(Event event) {
    settle();
    append(event);
  }

  /** Lets the last answer be one of the earlier ones. */
  private void settle() {
    if (pending) {
      append(answer());
      pending = false;
    }
  }

  private void append(Event event) {
    if (earlier == null) {
      earlier = new ArrayList<>(4);
    }
    earlier.add(event);
  }

  private Event answer() {
    String result = code == null ? String.valueOf(status) : status + " " + code;
    return new Event(kind, began(), Duration.ofNanos(answeredNanos - beganNanos), result, requestId, reason);
  }

  private Duration began() {
    return Duration.ofNanos(beganNanos - room.startNanos());
  }

  /** In order. Changes nothing: whoever has the response of a call may ask, on any thread. */
  List<Event> events() {
    List<Event> all = earlier == null ? new ArrayList<>(1) : new ArrayList<>(earlier);
    if (pending) {
      all.add(answer());
    }
    return all;
  }

  /** Attaches the exceptions of earlier attempts to the one the caller gets. */
  <E extends Throwable> E explain(E thrown) {
    for (IOException before : failures == null ? List.<IOException>of() : failures) {
      if (before != thrown && before != thrown.getCause()) {
        thrown.addSuppressed(before);
      }
    }
    return thrown;
  }
}
