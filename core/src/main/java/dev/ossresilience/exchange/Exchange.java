package dev.ossresilience.exchange;

import static dev.ossresilience.report.ExchangeReport.Outcome.AMBIGUOUS;
import static dev.ossresilience.report.ExchangeReport.Outcome.CANCELLED;
import static dev.ossresilience.report.ExchangeReport.Outcome.ERROR_RESPONSE;
import static dev.ossresilience.report.ExchangeReport.Outcome.EXCEPTION;
import static dev.ossresilience.report.ExchangeReport.Outcome.SUCCESS;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.append.AppendRecovery;
import dev.ossresilience.append.Finding;
import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.error.Catalogue;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.Effect;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.error.TransportFailures;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.operation.Operation;
import dev.ossresilience.operation.ReplayRule;
import dev.ossresilience.policy.Attempts;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logical call as a state machine: a driver asks it for a {@link Step}, does that, and tells it what came of it. Does no I/O,
 * never blocks, reads only the injected clocks and random source. For one driver at a time; not thread-safe.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** A move is no failure: come back soon, but not in step with the other writers. */
  private static final Backoff MOVE_BACKOFF = Backoff.exponential(Duration.ofMillis(10), Duration.ofSeconds(1));

  /** An investigation asks at most a handful of questions; more means that the server contradicts itself. */
  private static final int QUESTIONS = 4;

  private final ExchangeSettings settings;
  private final RequestHead request;
  private final Target target;
  private final Query query;
  private final Operation operation;
  private final @Nullable AppendRecovery append;
  private final Signing signing;
  private final Attempts attempts;
  private final History history;
  private final long startNanos;

  private int failures;
  private boolean bodySent;
  private @Nullable IOException lastFailure;
  private Finding.Kind question = Finding.Kind.NEED_HEAD;
  private int probesLeft;
  private boolean lastResort;
  private Resume resume = Resume.ATTEMPT;
  private Reason reason = Reason.TRANSPORT_FAILURE;
  private ExchangeReport.@Nullable Outcome outcome;

  private enum Resume {
    ATTEMPT,
    PROBE
  }

  /** Prepares a call; nothing happens before {@link #begin}. */
  public Exchange(ExchangeSettings settings, RequestHead request, Target target) {
    this.settings = settings;
    this.request = request;
    this.target = target;
    this.query = Query.parse(request.rawQuery());
    Operation recognised = Operation.of(request, target, query);
    Long position = recognised == Operation.APPEND ? ServerNumbers.position(query.first("position")) : null;
    this.operation = recognised == Operation.APPEND && position == null ? Operation.OTHER : recognised;
    this.append =
        position == null ? null : new AppendRecovery(target, position, request.contentLength(), settings.appends(), settings.prefixes());
    this.signing = new Signing(settings, request, target);
    this.attempts = Attempts.of(settings.counter());
    this.startNanos = settings.time().nanoTime();
    this.history = new History(startNanos);
  }

  /** Whether the body may go out at most once per attempt, whatever the client below would like to repeat. */
  public boolean isBodyOneShotBelow() {
    return operation.replayRule() != ReplayRule.SAFE;
  }

  /** Whether {@link #responded} needs the start of this response's body. */
  public boolean wantsBody(ResponseHead response) {
    return !response.isSuccessful();
  }

  /** The first step. */
  public Step begin() {
    return attempt(null);
  }

  /** Continues after an attempt was answered; {@code body} is the start of its body if it was wanted. */
  public Step responded(ResponseHead response, byte[] body) {
    bodySent = true;
    lastFailure = null;
    if (response.isSuccessful()) {
      history.answered(response.status(), null, response.header("x-oss-request-id"), now());
      if (append == null || append.isAcknowledgedBy(response)) {
        return deliver(SUCCESS);
      }
      // Whoever said so, it wasn't OSS: a captive portal, a proxy's page. Never to be delivered as the success it looks like.
      lastFailure = new IOException("the append was answered with " + response.status() + ", but without the position OSS answers with");
      return react(new Diagnosis(Verdict.TRANSIENT, Effect.UNKNOWN), Reason.SERVER_ERROR);
    }
    OssError error = ErrorParser.parse(response, body);
    history.answered(error.status(), error.code(), error.requestId(), now());
    Diagnosis diagnosis = Catalogue.diagnose(error);
    return switch (diagnosis.verdict()) {
      case CLOCK_SKEWED -> signing.correctClock(error, response) && mayRepeat(Effect.NOT_APPLIED) ? again(Duration.ZERO, Reason.CLOCK_SKEW) : end();
      case APPEND_CONFLICT -> append == null ? end() : onConflict(append, response);
      case THROTTLED -> react(diagnosis, Reason.THROTTLED);
      case TRANSIENT, FATAL -> react(diagnosis, Reason.SERVER_ERROR);
    };
  }

  /** Continues after an attempt ended without an answer; {@code bodyStarted} is whether any of its body went out. */
  public Step failed(IOException failure, boolean bodyStarted) {
    bodySent |= bodyStarted;
    lastFailure = failure;
    history.failed(failure, now());
    return react(TransportFailures.diagnose(failure, request.contentLength() != 0, bodyStarted), Reason.TRANSPORT_FAILURE);
  }

  /** Continues after a pause. */
  public Step resumed() {
    return resume == Resume.ATTEMPT ? attempt(reason) : probe(question);
  }

  /** Continues after the caller's body was read through. */
  public Step digested(long length, long crc) {
    return pursue(requireAppend().onDigest(length, crc));
  }

  /** Continues after the caller's body could not be read again. */
  public Step digestFailed(IOException failure) {
    history.failed(failure, now());
    return unknowable("the body can't be read again: " + failure.getClass().getSimpleName());
  }

  /**
   * Continues after a probe was answered.
   *
   * @param body the start of the body of an error response, else empty
   * @param length of the body of a 206 response, else 0
   * @param crc of the body of a 206 response, else 0
   */
  public Step probed(ResponseHead response, byte[] body, long length, long crc) {
    OssError error = response.isSuccessful() ? null : ErrorParser.parse(response, body);
    history.answered(response.status(), error == null ? null : error.code(), response.header("x-oss-request-id"), now());
    if (error == null || isAbsence(error)) {
      AppendRecovery recovery = requireAppend();
      return pursue(question == Finding.Kind.NEED_HEAD ? recovery.onHead(response) : recovery.onRange(response, length, crc));
    }
    return switch (Catalogue.diagnose(error).verdict()) {
      case CLOCK_SKEWED -> signing.correctClock(error, response) ? probe(question) : unknowable("the server's clock can't be followed");
      case THROTTLED -> probeAgain(Reason.THROTTLED);
      case TRANSIENT -> probeAgain(Reason.SERVER_ERROR);
      case APPEND_CONFLICT, FATAL -> unknowable("asking the server was answered with " + error.status() + " " + error.code());
    };
  }

  /** Continues after a probe ended without an answer, or with only part of one. */
  public Step probeFailed(IOException failure) {
    history.failed(failure, now());
    return probeAgain(Reason.TRANSPORT_FAILURE);
  }

  /** Ends the exchange because its caller gave up; returns {@code thrown} with the earlier failures attached. */
  public IOException cancelled(IOException thrown) {
    finish(CANCELLED);
    return history.explain(thrown);
  }

  /** What has happened so far. */
  public ExchangeReport report() {
    ExchangeReport.Outcome end = outcome == null ? EXCEPTION : outcome;
    return new ExchangeReport(
        operation, target.bucket(), target.key(), end, end == SUCCESS && history.hasMoreThanOneEvent(), history.events());
  }

  private Step attempt(@Nullable Reason why) {
    Query edited = query;
    Map<String, String> changed = Map.of();
    if (append != null && append.moves() > 0) {
      String position = Long.toString(append.position());
      edited = query.with("position", position);
      changed = Map.of("position", position);
    }
    Map<String, String> headers = signing.signAttempt(edited);
    history.begin(Event.Kind.ATTEMPT, why, now());
    return new Step.Attempt(headers.isEmpty() && changed.isEmpty() ? RequestEdit.NONE : new RequestEdit(headers, changed));
  }

  private Step react(Diagnosis diagnosis, Reason why) {
    if (append != null && diagnosis.effect() == Effect.UNKNOWN) {
      append.doubt();
    }
    if (diagnosis.verdict() == Verdict.FATAL || !mayRepeat(diagnosis.effect())) {
      return end();
    }
    return again(backoff(diagnosis.verdict() == Verdict.THROTTLED), why);
  }

  /** Question 3: may the same be sent again? */
  private boolean mayRepeat(Effect effect) {
    boolean bodyAvailable = request.isBodyRepeatable() || !bodySent;
    return bodyAvailable && (effect == Effect.NOT_APPLIED || operation.replayRule() != ReplayRule.ONLY_IF_NOT_APPLIED);
  }

  /** Question 4: is there room for another attempt, and when? */
  private Step again(Duration delay, Reason why) {
    if (!isWithinDeadline(delay) || !attempts.another(delay)) {
      return end();
    }
    return delay.isZero() ? attempt(why) : pause(delay, why, Resume.ATTEMPT);
  }

  private Duration backoff(boolean throttled) {
    failures++;
    Backoff backoff = throttled ? settings.policy().throttledBackoff() : settings.policy().transientBackoff();
    return backoff.delay(failures, settings.random());
  }

  private Step pause(Duration delay, Reason why, Resume next) {
    resume = next;
    reason = why;
    history.waits(delay, why, now());
    return new Step.Pause(delay, why);
  }

  private Step onConflict(AppendRecovery recovery, ResponseHead response) {
    probesLeft = settings.policy().maxAttempts() + QUESTIONS;
    return pursue(recovery.onConflict(ServerNumbers.position(response.header("x-oss-next-append-position"))));
  }

  /** No other attempt will be made. If an append may be stored by now, the server is asked before anything is claimed. */
  private Step end() {
    if (append == null || !append.isInDoubt() || lastResort) {
      return endWithLast();
    }
    lastResort = true;
    probesLeft = settings.policy().maxAttempts() + QUESTIONS;
    return pursue(append.investigate());
  }

  private Step pursue(Finding finding) {
    return switch (finding.kind()) {
      case NEED_DIGEST -> request.isBodyRepeatable() ? new Step.Digest() : unknowable("the body can't be read again");
      case NEED_HEAD, NEED_RANGE -> probe(finding.kind());
      case APPLIED -> recovered(finding);
      case TAKEN -> onTaken(finding.end());
      case NOT_YET -> lastResort ? unknowable("the object ends where it began, but the bytes may still be under way") : atSamePosition();
      case UNKNOWABLE -> unknowable(finding.why());
    };
  }

  private Step onTaken(long end) {
    AppendRecovery recovery = requireAppend();
    Duration delay = MOVE_BACKOFF.delay(recovery.moves() + 1, settings.random());
    boolean follow = !lastResort && mayRepeat(Effect.NOT_APPLIED) && isWithinDeadline(delay) && recovery.moveTo(end);
    return follow ? pause(delay, Reason.APPEND_CONFLICT, Resume.ATTEMPT) : endWithLast();
  }

  /** The conflict the server saw is gone, or its answer was stale: its position check decides whether ours can still be stored. */
  private Step atSamePosition() {
    return mayRepeat(Effect.NOT_APPLIED) ? again(backoff(false), Reason.APPEND_IN_DOUBT) : end();
  }

  private Step probe(Finding.Kind kind) {
    question = kind;
    if (probesLeft-- <= 0 || !isWithinDeadline(Duration.ZERO)) {
      return unknowable("there was no time or attempt left to ask the server");
    }
    AppendRecovery recovery = requireAppend();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("accept-encoding", "identity");
    String payer = request.header("x-oss-request-payer");
    if (payer != null) {
      headers.put("x-oss-request-payer", payer);
    }
    if (kind == Finding.Kind.NEED_RANGE) {
      headers.put("range", "bytes=" + recovery.position() + "-" + (recovery.position() + recovery.length() - 1));
      headers.put("x-oss-range-behavior", "standard");
    }
    String method = kind == Finding.Kind.NEED_RANGE ? "GET" : "HEAD";
    Map<String, String> signed = signing.signProbe(method, headers);
    history.begin(Event.Kind.PROBE, Reason.APPEND_IN_DOUBT, now());
    return new Step.Probe(new ProbeRequest(method, signed, recovery.length()));
  }

  private Step probeAgain(Reason why) {
    Duration delay = backoff(why == Reason.THROTTLED);
    return isWithinDeadline(delay) && probesLeft > 0
        ? pause(delay, why, Resume.PROBE)
        : unknowable("the server could not be asked in time");
  }

  private static boolean isAbsence(OssError error) {
    boolean noSuchKey = error.status() == 404 && (error.code() == null || error.code().equals("NoSuchKey"));
    return noSuchKey || error.status() == 416;
  }

  private Step unknowable(String why) {
    AppendRecovery recovery = requireAppend();
    if (!recovery.isInDoubt()) {
      return endWithLast();
    }
    finish(AMBIGUOUS);
    String object = target.bucket() + "/" + target.key();
    return new Step.Fail(
        history.explain(new AmbiguousAppendException(object, recovery.position(), recovery.length(), why, lastFailure)));
  }

  private Step recovered(Finding applied) {
    finish(SUCCESS);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-oss-next-append-position", Long.toString(applied.end()));
    if (applied.crc() != null) {
      headers.put("x-oss-hash-crc64ecma", Long.toUnsignedString(applied.crc()));
    }
    headers.put("x-oss-resilience", "recovered");
    return new Step.Recovered(headers);
  }

  private Step endWithLast() {
    if (lastFailure == null) {
      return deliver(ERROR_RESPONSE);
    }
    finish(EXCEPTION);
    return new Step.Fail(history.explain(lastFailure));
  }

  private Step deliver(ExchangeReport.Outcome end) {
    finish(end);
    return new Step.Deliver();
  }

  private void finish(ExchangeReport.Outcome end) {
    if (outcome != null) {
      return;
    }
    outcome = end;
    attempts.end();
    if (settings.listener() != null) {
      try {
        settings.listener().onEnd(report());
      } catch (RuntimeException e) {
        LOG.warn("an ExchangeListener threw {}; the call goes on", e.getClass().getName());
      }
    }
  }

  private boolean isWithinDeadline(Duration delay) {
    return now() - startNanos + delay.toNanos() < settings.policy().totalTimeout().toNanos();
  }

  private long now() {
    return settings.time().nanoTime();
  }

  private AppendRecovery requireAppend() {
    if (append == null) {
      throw new IllegalStateException("a driver answered a step that was never given: only appends are verified");
    }
    return append;
  }
}
