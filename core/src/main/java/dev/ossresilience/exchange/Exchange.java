package dev.ossresilience.exchange;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.append.AppendRecovery;
import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.crc.IntegrityException;
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
import dev.ossresilience.remedy.Remedies;
import dev.ossresilience.remedy.Remedy;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import dev.ossresilience.write.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One logical call as a state machine: a driver asks it for a {@link Step}, does that, and tells it what came of it. Does no I/O,
 * never blocks, reads only the injected clocks and random source. For one driver at a time; not thread-safe.
 */
public final class Exchange {
  /** A server that needs longer to say what is wrong keeps the caller from knowing that something is. */
  private static final Duration MAX_PEEK = Duration.ofSeconds(2);

  /** What a pause is followed by. */
  enum Resume {
    ATTEMPT,
    PROBE
  }

  private final ExchangeSettings settings;
  private final RequestHead request;
  private final Target target;
  private final Query query;
  private final Operation operation;
  private final @Nullable AppendRecovery append;
  private final UploadIntegrity integrity;
  private final Signing signing;
  private final Room room;
  private final @Nullable Investigation investigation;
  private final History history;
  private final Ending ending;

  /** Of the last attempt; null if it had a response. */
  private @Nullable IOException lastFailure;

  private boolean bodySent;
  private Resume resume = Resume.ATTEMPT;
  private @Nullable Reason resumeReason;

  /** Prepares a call; nothing happens before {@link #begin}. */
  public Exchange(ExchangeSettings settings, RequestHead callers, Target target) {
    RequestHead request = BufferedRequest.of(callers, settings.bufferedBodyBytes());
    this.settings = settings;
    this.request = request;
    this.target = target;
    this.query = Query.parse(request.rawQuery());
    Operation recognised = Operations.of(request, target, query);
    Long position = recognised.isAppend() && isPlain("position") ? ServerNumbers.position(query.first("position")) : null;
    // Without exactly one position that OSS can check there is nothing that would make an append safe to repeat.
    this.operation = recognised.isAppend() && position == null ? Operations.unknown() : recognised;
    this.append =
        position == null ? null : new AppendRecovery(target, position, request.contentLength(), settings.appends(), settings.prefixes());
    this.integrity = new UploadIntegrity(settings.uploadIntegrity(), request, target, operation, query);
    this.room = new Room(settings);
    this.signing = new Signing(settings, request, target, query, room);
    this.history = new History(room);
    this.ending = new Ending(settings, target, operation, history, room, signing);
    Probing probing = new Probing(request, signing, room, settings.policy().maxAttempts());
    Investigation.Means means = new Investigation.Means(this, request, settings.errors(), signing, probing, room, history, ending);
    this.investigation =
        append != null
            ? new AppendInvestigation(means, append, target)
            : WriteInvestigation.isNeededFor(operation) ? new WriteInvestigation(means, operation, target, query) : null;
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

  /**
   * Whether a binding is to read the caller's one-shot body into memory before {@link #begin}, and to send that from then on: see {@link
   * dev.ossresilience.driver.BodyBuffer}. What makes that impossible ends the exchange, with {@link #abandoned}.
   */
  public boolean buffersBody() {
    return request instanceof BufferedRequest;
  }

  /** Whether a redirect may be followed: nothing secret travels with the request. */
  public boolean mayFollowRedirects() {
    return signing.isAnonymous();
  }

  /** Whether a binding is to compute the CRC64 of the body while it goes out, for {@link #bodySent}. */
  public boolean checksBody() {
    return integrity.checksBody();
  }

  /** Notes, before what came of it is told, what went out in the last attempt; null if not all of it did, or nobody knows. */
  public void bodySent(@Nullable BodySent sent) {
    integrity.sent(sent);
  }

  /** Notes, before what came of it is told, that something else than the caller's body may have gone out in the last attempt. */
  public void bodyReplaced() {
    if (investigation != null) {
      investigation.bodyReplaced();
    }
  }

  /** Whether {@link #responded} needs the start of this response's body: it may say failure, whatever the status. */
  public boolean wantsBody(ResponseHead response) {
    boolean callback = response.status() == 203 && !isRead();
    return !response.isSuccessful() || callback || operation.canFailAfterStatus200();
  }

  /** Whether {@link #responded} is sure to deliver this response, and so never blocks. To be asked after {@link #bodySent} was told. */
  public boolean isPlainSuccess(ResponseHead response) {
    return append == null && !wantsBody(response) && isFromOss(response) && integrity.check(response, null) == null;
  }

  private boolean isFromOss(ResponseHead response) {
    return isRead() || response.header("x-oss-request-id") != null;
  }

  /** Whether it changes nothing: its body is the caller's whatever it looks like, and a wrong success loses nothing but the answer. */
  private boolean isRead() {
    return request.method().equals("GET") || request.method().equals("HEAD") || request.method().equals("OPTIONS");
  }

  /** The first step; from now on time passes towards the total deadline. */
  public Step begin() {
    room.begin();
    return attempt(null);
  }

  /** Notes, before what came of it is told, that the client below sent the last attempt or probe that many more times by itself. */
  public void repeatedBelow(int times) {
    history.repeatedBelow(times);
    if (times > 0 && investigation != null && append == null) {
      investigation.doubt(); // what is answered now may be about our own doing
    }
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
    Diagnosis diagnosis = signing.reconsider(settings.errors().diagnose(error), error, response);
    boolean earlierDoubt = investigation != null && investigation.isInDoubt();
    noteDoubt(diagnosis);
    return switch (Remedies.of(diagnosis, operation, error.code(), earlierDoubt)) {
      case WAIT -> retry(diagnosis, diagnosis.verdict() == Verdict.THROTTLED ? Reason.THROTTLED : Reason.SERVER_ERROR);
      case RESIGN -> signing.correctClock() && isBodyAvailable() ? again(Duration.ZERO, Reason.CLOCK_SKEW) : end();
      case REFRESH -> signing.mayChangeCredentials() ? refresh(Resume.ATTEMPT) : end();
      case REPEAT -> isBodyAvailable() && integrity.mayRepeat() ? again(Duration.ZERO, Reason.INTEGRITY) : end();
      case VERIFY -> investigation == null ? end() : investigation.ofRefusal(response);
      case DELIVER -> diagnosis.verdict() == Verdict.CALLBACK_FAILED ? ending.callbackFailed() : end();
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

  /** Whether what was answered last may still be delivered when the pause is over: another attempt takes its place. */
  public boolean isLastAnswerNeeded() {
    return resume != Resume.ATTEMPT;
  }

  /** Continues after a pause. */
  public Step resumed() {
    return resume == Resume.ATTEMPT ? attempt(resumeReason) : requireInvestigation().askAgain();
  }

  /**
   * Does what {@link Step.Refresh} asks for: blocks while other credentials are fetched, which a provider should do within the exchange's
   * deadline. Touches nothing of the exchange, so that another thread can do it while the driver listens for a cancellation.
   *
   * @return whether there are others, for {@link #refreshed}
   */
  public boolean fetchCredentials() {
    return signing.fetchCredentials();
  }

  /** Continues after {@link Step.Refresh}. */
  public Step refreshed(boolean changed) {
    if (resume == Resume.PROBE) {
      return changed ? requireInvestigation().askAgain() : requireInvestigation().unknowable("OSS refused the credentials");
    }
    return changed && isBodyAvailable() ? again(Duration.ZERO, Reason.CREDENTIALS_REFRESHED) : end();
  }

  Step refresh(Resume next) {
    resume = next;
    return new Step.Refresh();
  }

  /** Continues after the caller's body was read through; {@code start} are as many of its first bytes as were to be kept. */
  public Step digested(long length, long crc, byte[] start) {
    return requireInvestigation().digested(new Evidence.Sent(length, crc, start));
  }

  /** Continues after the caller's body could not be read again. */
  public Step digestFailed(IOException failure) {
    return requireInvestigation().digestFailed(failure);
  }

  /**
   * Continues after a probe was answered.
   *
   * @param body the start of the body of an error response, or of a success if it was wanted; else empty
   * @param length of the body of a 206 response in bytes, else 0
   * @param crc CRC64 of the body of a 206 response, else 0
   */
  public Step probed(ResponseHead response, byte[] body, long length, long crc) {
    return requireInvestigation().probed(response, body, length, crc);
  }

  /** Continues after a probe ended without an answer, or with only part of one. */
  public Step probeFailed(IOException failure) {
    return requireInvestigation().probeFailed(failure);
  }

  /** Ends the exchange because its caller gave up while nothing was sent; returns {@code thrown} with the earlier failures attached. */
  public IOException cancelled(IOException thrown) {
    return investigation != null && investigation.leavesDoubt()
        ? ending.cancelledInDoubt(thrown, investigation.ambiguity("the call was given up", null))
        : ending.cancelled(thrown);
  }

  /**
   * Ends the exchange because its caller gave up while an attempt or a probe was under way.
   *
   * @param bodyStarted whether any of the attempt's body went out
   */
  public IOException cancelledInFlight(IOException thrown, boolean bodyStarted) {
    history.failed(thrown, now());
    boolean bodiless = append == null && request.contentLength() == 0; // whether it went out nobody knows
    if (investigation != null && (bodyStarted || bodiless)) {
      investigation.doubt();
    }
    return cancelled(thrown);
  }

  /** Whether a driver may go on reading a body it looks into, begun at {@code sinceNanos} by the exchange's clock. */
  public boolean mayReadOn(long sinceNanos) {
    return now() - sinceNanos < MAX_PEEK.toNanos() && room.allows(Duration.ZERO);
  }

  /** Whether there is time left to wait for anything. */
  public boolean mayWait() {
    return room.allows(Duration.ZERO);
  }

  /** How long it is until the total deadline, never negative. */
  public Duration timeLeft() {
    return room.left();
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
    Map<String, String> changes = append == null || append.moves() == 0 ? Map.of() : Map.of("position", Long.toString(append.position()));
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
      return investigation == null ? ending.last(e) : investigation.unknowable("no further request could be signed");
    }
    return new Step.Attempt(headers.isEmpty() && changes.isEmpty() ? RequestEdit.NONE : new RequestEdit(headers, changes));
  }

  private Step succeeded(ResponseHead response) {
    history.answered(response.status(), null, response.header("x-oss-request-id"), now());
    IntegrityException damage = integrity.check(response, append); // before the answer replaces what is remembered of the object
    boolean fromOss = append != null ? append.isAcknowledgedBy(response) : isFromOss(response);
    if (fromOss) {
      if (request.method().equals("HEAD") && target.key() != null && request.rawQuery() == null) {
        settings.prefixes().remember(target, response); // whoever asks is likely to append next
      }
      return damage == null ? ending.success() : damaged(damage);
    }
    // A captive portal, a proxy's page. Never to be delivered as the success it looks like.
    lastFailure =
        new IOException(
            operation + " of " + target.bucket() + "/" + target.key() + " was answered with status " + response.status()
                + ", but not by OSS: it lacks what OSS answers with");
    return react(new Diagnosis(Verdict.TRANSIENT, Effect.UNKNOWN), Reason.SERVER_ERROR);
  }

  private Step damaged(IntegrityException damage) {
    BodySent sent = integrity.sent();
    if (append != null && investigation instanceof AppendInvestigation ofAppend && sent != null) {
      append.distrust();
      return append.position() == 0 ? ending.last(damage) : ofAppend.ofDamage(sent, damage);
    }
    ending.damaged(damage);
    boolean safe = operation.replayRule() == ReplayRule.SAFE;
    return safe && isBodyAvailable() && integrity.mayRepeat() ? again(Duration.ZERO, Reason.INTEGRITY) : ending.last(damage);
  }

  private Step react(Diagnosis diagnosis, Reason why) {
    noteDoubt(diagnosis);
    return Remedies.of(diagnosis, operation) == Remedy.WAIT ? retry(diagnosis, why) : end();
  }

  private Step retry(Diagnosis diagnosis, Reason why) {
    return isBodyAvailable() ? again(room.backoff(diagnosis.verdict() == Verdict.THROTTLED), why) : end();
  }

  private void noteDoubt(Diagnosis diagnosis) {
    if (investigation != null && diagnosis.effect() == Effect.UNKNOWN) {
      investigation.doubt();
    }
  }

  boolean isBodyAvailable() {
    return request.isBodyRepeatable() || !bodySent;
  }

  /** Question 4: sends the same again if there is room for it. */
  Step again(Duration delay, Reason why) {
    if (!room.allows(delay)) {
      ending.outOfTime();
      return end();
    }
    if (!room.allowsAttempt(delay)) {
      return end();
    }
    return delay.isZero() ? attempt(why) : pause(delay, why, Resume.ATTEMPT);
  }

  Step pause(Duration delay, Reason why, Resume next) {
    resume = next;
    resumeReason = why;
    history.waits(delay, why, now());
    return new Step.Pause(delay, why);
  }

  /** No other attempt will be made. If a write may have taken effect by now, the server is asked before anything is claimed. */
  Step end() {
    if (investigation == null) {
      return ending.last(lastFailure);
    }
    return investigation.mayStillLearn() ? investigation.asLastResort() : investigation.unlearnt();
  }

  /** What went out in the last attempt; null if that isn't known. */
  @Nullable BodySent bodySent() {
    return integrity.sent();
  }

  /** Of the last attempt; null if it had a response. */
  @Nullable IOException lastFailure() {
    return lastFailure;
  }

  private Investigation requireInvestigation() {
    if (investigation == null) {
      throw new IllegalStateException("a driver answered a step that was never given: only doubtful writes are verified");
    }
    return investigation;
  }
}
