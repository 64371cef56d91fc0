package dev.ossresilience.exchange;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.append.AppendRecovery;
import dev.ossresilience.append.Finding;
import dev.ossresilience.append.ServerNumbers;
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
import dev.ossresilience.operation.Operations;
import dev.ossresilience.operation.ReplayRule;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.remedy.Remedies;
import dev.ossresilience.remedy.Remedy;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One logical call as a state machine: a driver asks it for a {@link Step}, does that, and tells it what came of it. Does no I/O,
 * never blocks, reads only the injected clocks and random source. For one driver at a time; not thread-safe.
 */
public final class Exchange {
  /** A move is no failure: come back soon, but not in step with the other writers. */
  private static final Backoff MOVE_BACKOFF = Backoff.exponential(Duration.ofMillis(10), Duration.ofSeconds(1));

  /** A server that needs longer to say what is wrong keeps the caller from knowing that something is. */
  private static final Duration MAX_PEEK = Duration.ofSeconds(2);

  private enum Resume {
    ATTEMPT,
    PROBE
  }

  private final ExchangeSettings settings;
  private final RequestHead request;
  private final Query query;
  private final Operation operation;
  private final @Nullable AppendRecovery append;
  private final Signing signing;
  private final Room room;
  private final Probing probing;
  private final History history;
  private final Ending ending;

  /** Of the last attempt; null if it had a response. */
  private @Nullable IOException lastFailure;

  private boolean bodySent;
  private boolean lastResort;
  private Resume resume = Resume.ATTEMPT;
  private @Nullable Reason resumeReason;

  /** Prepares a call; nothing happens before {@link #begin}. */
  public Exchange(ExchangeSettings settings, RequestHead request, Target target) {
    this.settings = settings;
    this.request = request;
    this.query = Query.parse(request.rawQuery());
    Operation recognised = Operations.of(request, target, query);
    Long position = recognised.isAppend() && isPlain("position") ? ServerNumbers.position(query.first("position")) : null;
    // Without exactly one position that OSS can check there is nothing that would make an append safe to repeat.
    this.operation = recognised.isAppend() && position == null ? Operations.unknown() : recognised;
    this.append =
        position == null ? null : new AppendRecovery(target, position, request.contentLength(), settings.appends(), settings.prefixes());
    this.signing = new Signing(settings, request, target);
    this.room = new Room(settings);
    this.probing = new Probing(request, signing, room, settings.policy().maxAttempts());
    this.history = new History(room.startNanos());
    this.ending = new Ending(settings, target, operation, history, room);
  }

  /** Whether a parameter is there once, spelt without escapes: else another reader of the URL may take it differently. */
  private boolean isPlain(String name) {
    String raw = "&" + request.rawQuery() + "&";
    return query.hasOne(name) && raw.contains("&" + name + "=");
  }

  /** Whether the body may go out at most once per attempt, whatever the client below would like to repeat. */
  public boolean isBodyOneShotBelow() {
    return operation.replayRule() != ReplayRule.SAFE;
  }

  /** Whether {@link #responded} needs the start of this response's body: it may say failure, whatever the status. */
  public boolean wantsBody(ResponseHead response) {
    boolean callback = response.status() == 203 && !operation.isRead();
    return !response.isSuccessful() || callback || operation.canFailAfterStatus200();
  }

  /** The first step. */
  public Step begin() {
    return attempt(null);
  }

  /** Continues after an attempt was answered; {@code body} is the start of its body if it was wanted. */
  public Step responded(ResponseHead response, byte[] body) {
    bodySent = true;
    lastFailure = null;
    if (response.isSuccessful() && !(wantsBody(response) && ErrorParser.isErrorDocument(body))) {
      return succeeded(response);
    }
    OssError error = settings.errors().parse(response, body);
    history.answered(error.status(), error.code(), error.requestId(), now());
    Diagnosis diagnosis = settings.errors().diagnose(error);
    return switch (Remedies.of(diagnosis, operation)) {
      case WAIT -> react(diagnosis, diagnosis.verdict() == Verdict.THROTTLED ? Reason.THROTTLED : Reason.SERVER_ERROR);
      case RESIGN -> signing.correctClock(error, response) && isBodyAvailable() ? again(Duration.ZERO, Reason.CLOCK_SKEW) : end();
      case VERIFY -> conflicted(requireAppend(), response);
      case DELIVER -> diagnosis.verdict() == Verdict.CALLBACK_FAILED ? ending.callbackFailed() : react(diagnosis, Reason.SERVER_ERROR);
    };
  }

  /**
   * Continues after an attempt ended without an answer.
   *
   * @param known what the client's binding knows of its own exception, null if nothing in particular
   * @param bodyStarted whether any of the attempt's body went out
   */
  public Step failed(IOException failure, @Nullable Diagnosis known, boolean bodyStarted) {
    bodySent |= bodyStarted;
    lastFailure = failure;
    history.failed(failure, now());
    Diagnosis diagnosis = known != null ? known : TransportFailures.diagnose(failure, request.contentLength() != 0, bodyStarted);
    return react(diagnosis, Reason.TRANSPORT_FAILURE);
  }

  /** Continues after a pause. */
  public Step resumed() {
    return resume == Resume.ATTEMPT ? attempt(resumeReason) : probe(probing.question());
  }

  /** Continues after the caller's body was read through. */
  public Step digested(long length, long crc) {
    return pursue(requireAppend().onDigest(length, crc));
  }

  /** Continues after the caller's body could not be read again. */
  public Step digestFailed(IOException failure) {
    return unknowable("the body can't be read again: " + failure.getClass().getSimpleName());
  }

  /**
   * Continues after a probe was answered.
   *
   * @param body the start of the body of an error response, else empty
   * @param length of the body of a 206 response in bytes, else 0
   * @param crc CRC64 of the body of a 206 response, else 0
   */
  public Step probed(ResponseHead response, byte[] body, long length, long crc) {
    OssError error = response.isSuccessful() ? null : settings.errors().parse(response, body);
    history.answered(response.status(), error == null ? null : error.code(), response.header("x-oss-request-id"), now());
    if (response.header("x-oss-request-id") == null) {
      return probeAgain(Reason.SERVER_ERROR); // whatever it says of the object, it wasn't OSS that said so
    }
    if (error == null || isAbsence(error)) {
      boolean head = probing.question() == Finding.Kind.NEED_HEAD;
      return pursue(head ? requireAppend().onHead(response) : requireAppend().onRange(response, length, crc));
    }
    return switch (settings.errors().diagnose(error).verdict()) {
      case CLOCK_SKEWED -> signing.correctClock(error, response) ? probe(probing.question()) : unknowable("the server's clock can't be followed");
      case THROTTLED -> probeAgain(Reason.THROTTLED);
      case TRANSIENT -> probeAgain(Reason.SERVER_ERROR);
      case CREDENTIALS_REJECTED, APPEND_CONFLICT, INTEGRITY, PERHAPS_DONE, CALLBACK_FAILED, FATAL ->
          unknowable("asking the server was answered with " + error.status() + " " + error.code());
    };
  }

  /** Continues after a probe ended without an answer, or with only part of one. */
  public Step probeFailed(IOException failure) {
    history.failed(failure, now());
    return probeAgain(Reason.TRANSPORT_FAILURE);
  }

  /** Ends the exchange because its caller gave up while nothing was sent; returns {@code thrown} with the earlier failures attached. */
  public IOException cancelled(IOException thrown) {
    return append != null && append.isInDoubt() ? ending.cancelledInDoubt(thrown, append) : ending.cancelled(thrown);
  }

  /**
   * Ends the exchange because its caller gave up while an attempt or a probe was under way.
   *
   * @param bodyStarted whether any of the attempt's body went out
   */
  public IOException cancelledInFlight(IOException thrown, boolean bodyStarted) {
    history.failed(thrown, now());
    if (append != null && bodyStarted) {
      append.doubt();
    }
    return cancelled(thrown);
  }

  /** Whether a driver may go on reading a body it looks into, begun at {@code sinceNanos} by the exchange's clock. */
  public boolean mayReadOn(long sinceNanos) {
    return now() - sinceNanos < MAX_PEEK.toNanos() && room.allows(Duration.ZERO);
  }

  /** The exchange's clock, for {@link #mayReadOn}. */
  public long now() {
    return settings.time().nanoTime();
  }

  /** Ends the exchange, if it hasn't ended, because something unforeseen was thrown. */
  public void abandoned() {
    ending.abandoned();
  }

  /** What has happened so far. */
  public ExchangeReport report() {
    return ending.report();
  }

  private Step attempt(@Nullable Reason why) {
    boolean moved = append != null && append.moves() > 0;
    Map<String, String> changes = moved ? Map.of("position", Long.toString(requireAppend().position())) : Map.of();
    Query edited = query;
    for (Map.Entry<String, String> change : changes.entrySet()) {
      edited = edited.with(change.getKey(), change.getValue());
    }
    history.begin(Event.Kind.ATTEMPT, why, now());
    Map<String, String> headers;
    try {
      headers = signing.signAttempt(edited);
    } catch (SigningException e) {
      lastFailure = e;
      return append != null && append.isInDoubt() ? unknowable("no further request could be signed") : ending.last(e);
    }
    return new Step.Attempt(headers.isEmpty() && changes.isEmpty() ? RequestEdit.NONE : new RequestEdit(headers, changes));
  }

  private Step succeeded(ResponseHead response) {
    history.answered(response.status(), null, response.header("x-oss-request-id"), now());
    boolean fromOss = append != null ? append.isAcknowledgedBy(response) : operation.onlyReads() || response.header("x-oss-request-id") != null;
    if (fromOss) {
      return ending.success();
    }
    // A captive portal, a proxy's page. Never to be delivered as the success it looks like.
    lastFailure = new IOException(operation + " was answered with status " + response.status() + ", but not by OSS: it lacks what OSS answers with");
    return react(new Diagnosis(Verdict.TRANSIENT, Effect.UNKNOWN), Reason.SERVER_ERROR);
  }

  private Step react(Diagnosis diagnosis, Reason why) {
    if (append != null && diagnosis.effect() == Effect.UNKNOWN) {
      append.doubt();
    }
    if (Remedies.of(diagnosis, operation) != Remedy.WAIT || !isBodyAvailable()) {
      return end();
    }
    return again(room.backoff(diagnosis.verdict() == Verdict.THROTTLED), why);
  }

  private boolean isBodyAvailable() {
    return request.isBodyRepeatable() || !bodySent;
  }

  private Step again(Duration delay, Reason why) {
    if (!room.allowsAttempt(delay)) {
      return end();
    }
    return delay.isZero() ? attempt(why) : pause(delay, why, Resume.ATTEMPT);
  }

  private Step pause(Duration delay, Reason why, Resume next) {
    resume = next;
    resumeReason = why;
    history.waits(delay, why, now());
    return new Step.Pause(delay, why);
  }

  /** No other attempt will be made. If an append may be stored by now, the server is asked before anything is claimed. */
  private Step end() {
    if (append == null || !append.isInDoubt() || lastResort) {
      return ending.last(lastFailure);
    }
    lastResort = true;
    probing.restart();
    return pursue(append.investigate());
  }

  private Step conflicted(AppendRecovery recovery, ResponseHead response) {
    probing.restart();
    return pursue(recovery.onConflict(ServerNumbers.position(response.header("x-oss-next-append-position"))));
  }

  private Step pursue(Finding finding) {
    return switch (finding.kind()) {
      case NEED_DIGEST -> request.isBodyRepeatable() ? new Step.Digest() : undigestible();
      case NEED_HEAD, NEED_RANGE -> probe(finding.kind());
      case APPLIED -> ending.recovered(finding);
      case TAKEN -> taken(finding.end());
      case NOT_YET -> lastResort ? unknowable("the object ends where it began, but the bytes may still be under way") : atSamePosition();
      case UNKNOWABLE -> unknowable(finding.why());
    };
  }

  private Step undigestible() {
    requireAppend().acceptConflict();
    return unknowable("the body can't be read again");
  }

  private Step taken(long end) {
    AppendRecovery recovery = requireAppend();
    Duration delay = room.draw(MOVE_BACKOFF, recovery.moves() + 1);
    boolean follow = !lastResort && isBodyAvailable() && room.allows(delay) && recovery.moveTo(end);
    return follow ? pause(delay, Reason.APPEND_CONFLICT, Resume.ATTEMPT) : ending.last(lastFailure);
  }

  /** The conflict the server saw is gone, or its answer was stale: its position check decides whether ours can still be stored. */
  private Step atSamePosition() {
    return isBodyAvailable() ? again(room.backoff(false), Reason.APPEND_IN_DOUBT) : end();
  }

  private Step probe(Finding.Kind kind) {
    history.begin(Event.Kind.PROBE, Reason.APPEND_IN_DOUBT, now());
    try {
      ProbeRequest probe = probing.ask(kind, requireAppend());
      return probe != null ? new Step.Probe(probe) : unknowable("there was no time or attempt left to ask the server");
    } catch (SigningException e) {
      return unknowable("no further request could be signed");
    }
  }

  private Step probeAgain(Reason why) {
    Duration delay = room.backoff(why == Reason.THROTTLED);
    return room.allows(delay) && probing.mayAskAgain()
        ? pause(delay, why, Resume.PROBE)
        : unknowable("the server could not be asked in time");
  }

  private static boolean isAbsence(OssError error) {
    boolean noSuchKey = error.status() == 404 && (error.code() == null || error.code().equals("NoSuchKey"));
    return noSuchKey || error.status() == 416;
  }

  private Step unknowable(String why) {
    AppendRecovery recovery = requireAppend();
    return recovery.isInDoubt() ? ending.ambiguous(recovery, why, lastFailure) : ending.last(lastFailure);
  }

  private AppendRecovery requireAppend() {
    if (append == null) {
      throw new IllegalStateException("a driver answered a step that was never given: only appends are verified");
    }
    return append;
  }
}
