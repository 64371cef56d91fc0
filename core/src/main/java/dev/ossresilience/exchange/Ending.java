package dev.ossresilience.exchange;

import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.OssDeadlineException;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.Reason;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways in which one exchange can end; each is told to listeners and the log, once. */
final class Ending {
  private final ExchangeSettings settings;
  private final Subject subject;
  private final @Nullable String name;
  private final History history;
  private final Room room;
  private final Signing signing;

  /** Null if nobody is told of anything but the end. */
  private final @Nullable Telling telling;

  private @Nullable Outcome outcome;

  private boolean outOfTime;

  /** Of what is stored as far as is known; null if that is whole, or nothing is. */
  private @Nullable IntegrityException damage;
  private boolean proven;

  Ending(ExchangeSettings settings, Subject subject, @Nullable String name, History history, Room room, Signing signing, @Nullable Telling telling) {
    this.settings = settings;
    this.subject = subject;
    this.name = name;
    this.history = history;
    this.room = room;
    this.signing = signing;
    this.telling = telling;
  }

  /** Notes that what the last attempt stored isn't what was sent: nothing but a success makes up for that. */
  void damaged(IntegrityException found) {
    damage = found;
    history.found(found);
  }

  /** Notes that it is for want of time that no other attempt is made. */
  void outOfTime() {
    outOfTime = true;
  }

  Step success() {
    finish(Outcome.SUCCESS);
    return Step.Deliver.LAST;
  }

  /** The object is stored, and the response tells that the callback failed. */
  Step callbackFailed() {
    finish(Outcome.CALLBACK_FAILED);
    return Step.Deliver.LAST;
  }

  /** The last attempt's error response or exception, as the caller would have seen it without us; damage that is left goes first. */
  Step last(@Nullable IOException failure) {
    if (damage != null) {
      finish(Outcome.EXCEPTION);
      return thrown(damage);
    }
    if (failure == null) {
      finish(Outcome.ERROR_RESPONSE);
      return Step.Deliver.LAST;
    }
    finish(Outcome.EXCEPTION);
    return thrown(outOfTime ? new OssDeadlineException(report(), room.policy().totalTimeout(), failure) : failure);
  }

  /** The last error response, which doesn't tell whether an attempt took effect. */
  Step doubtful() {
    finish(Outcome.AMBIGUOUS);
    return Step.Deliver.LAST;
  }

  /** A success that the server has proven although its response was lost. */
  Step recovered(int status, Map<String, String> headers, String body) {
    proven = true;
    if (telling != null) {
      telling.tell(new OssEvent.Verified(telling.call(), inDoubt()));
    }
    finish(Outcome.SUCCESS);
    Map<String, String> marked = new LinkedHashMap<>(headers);
    marked.put("x-oss-resilience", "recovered");
    return new Step.Recovered(status, marked, body);
  }

  Step ambiguous(AmbiguousWriteException ambiguity) {
    finish(Outcome.AMBIGUOUS);
    return thrown(ambiguity);
  }

  IOException cancelled(IOException thrown) {
    finish(Outcome.CANCELLED);
    return report().attachTo(history.explain(thrown));
  }

  /** What no client should throw, and ours neither. */
  <E extends Throwable> E broken(E thrown) {
    finish(Outcome.EXCEPTION);
    return report().attachTo(history.explain(thrown));
  }

  /** The caller's own exception, as the client throws it; what it leaves open is attached. */
  <E extends Throwable> E endedInDoubt(E thrown, AmbiguousWriteException ambiguity) {
    finish(Outcome.AMBIGUOUS);
    thrown.addSuppressed(report().attachTo(ambiguity));
    return history.explain(thrown);
  }

  /** With what came before it, and what happened in the whole call. */
  private Step thrown(IOException failure) {
    return new Step.Fail(report().attachTo(history.explain(failure)));
  }

  void abandoned() {
    finish(Outcome.EXCEPTION);
  }

  ExchangeReport report() {
    Outcome end = outcome == null ? Outcome.EXCEPTION : outcome;
    List<Event> events = history.events();
    boolean recovered = end == Outcome.SUCCESS && (proven || events.stream().filter(Ending::isSending).count() > 1);
    OssEvent.Call call = call();
    return new ExchangeReport(call.name(), call.operation(), call.bucket(), call.key(), end, recovered, events, signing.measured());
  }

  private Reason inDoubt() {
    return subject.operation().isAppend() ? Reason.APPEND_IN_DOUBT : Reason.WRITE_IN_DOUBT;
  }

  private static boolean isSending(Event event) {
    return event.kind() == Event.Kind.ATTEMPT || event.kind() == Event.Kind.PROBE;
  }

  private void finish(Outcome end) {
    if (outcome != null) {
      return;
    }
    outcome = end;
    room.end();
    if (CallLog.wants(end) || settings.listeners().hearEnds()) { // with most calls nobody listens, and nothing is made
      tell(end);
    }
  }

  private void tell(Outcome end) {
    if (telling != null && end == Outcome.AMBIGUOUS) {
      telling.tell(new OssEvent.Ambiguous(telling.call(), inDoubt()));
    }
    OssEvent.CallEnded ended = new OssEvent.CallEnded(call(), report());
    CallLog.ended(ended, subject.isRead());
    settings.listeners().tell(ended);
  }

  private OssEvent.Call call() {
    return telling == null ? subject.call(name) : telling.call();
  }
}
