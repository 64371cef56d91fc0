package dev.ossresilience.exchange;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.append.AppendRecovery;
import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.Effect;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.error.TransportFailures;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.load.OssCircuitOpenException;
import dev.ossresilience.operation.ReplayRule;
import dev.ossresilience.remedy.Remedies;
import dev.ossresilience.remedy.Remedy;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.Reason;
import dev.ossresilience.write.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
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
    /** An attempt, as soon as the pace allows it. */
    ATTEMPT,
    /** An attempt that has waited for its turn. */
    SEND,
    /** The last question once more. */
    PROBE,
    /** A question that has waited for its turn. */
    ASK
  }

  private final ExchangeSettings settings;
  private final Subject subject;
  private final @Nullable AppendRecovery append;
  private final UploadIntegrity integrity;
  private final @Nullable Telling telling;
  private final Signing signing;
  private final Room room;
  private final Admission admission;
  private final History history;
  private final Ending ending;

  /** Made when there is something to look into, which most calls never have. */
  private @Nullable Investigation investigation;

  /** Of the last attempt; null if it had a response. */
  private @Nullable IOException lastFailure;

  private boolean bodySent;
  private BodyProgress bodyWent = BodyProgress.WHOLE;
  private Resume resume = Resume.ATTEMPT;
  private @Nullable Reason resumeReason;

  /** Prepares a call; nothing happens before {@link #begin}. */
  public Exchange(ExchangeSettings settings, RequestHead request, Target target) {
    this(settings, request, target, OssCallOptions.none());
  }

  /**
   * Prepares a call with settings of its own.
   *
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public Exchange(ExchangeSettings settings, RequestHead callers, Target target, OssCallOptions options) {
    RequestHead request = BufferedRequest.of(callers, settings.bufferedBodyBytes());
    this.settings = settings;
    this.subject = Subject.of(request, target, options);
    Long position = subject.position();
    this.append =
        position == null ? null : new AppendRecovery(target, position, request.contentLength(), settings.appends(), settings.prefixes());
    this.integrity = new UploadIntegrity(settings.uploadIntegrity(), subject);
    this.room = new Room(settings, options.applyTo(settings.policy()));
    this.telling = Telling.of(settings.listeners(), subject, options.operationName());
    this.admission = new Admission(settings.load(), subject, telling);
    this.signing = new Signing(settings, request, target, subject.query(), room, telling);
    this.history = new History(room, telling);
    this.ending = new Ending(settings, subject, options.operationName(), history, room, signing, telling);
    tell(OssEvent.CallStarted::new);
  }

  /** Null for an operation that needs none, whatever happens to it. */
  private @Nullable Investigation investigation() {
    if (investigation == null && (append != null || WriteInvestigation.isNeededFor(subject.operation()))) {
      Probing probing = new Probing(subject.request(), signing, room, room.policy().maxAttempts());
      Investigation.Means means = new Investigation.Means(this, subject.request(), settings.errors(), signing, probing, room, history, ending);
      investigation = append != null ? new AppendInvestigation(means, append, subject.target()) : new WriteInvestigation(means, subject);
    }
    return investigation;
  }

  /** Whether the body may go out at most once per attempt, whatever the client below would like to repeat. */
  public boolean isBodyOneShotBelow() {
    return subject.operation().replayRule() != ReplayRule.SAFE;
  }

  /**
   * Whether a binding is to read the caller's one-shot body into memory before {@link #begin}, and to send that from then on: see {@link
   * dev.ossresilience.driver.BodyBuffer}. What makes that impossible ends the exchange, with {@link #abandoned}.
   */
  public boolean buffersBody() {
    return subject.request() instanceof BufferedRequest;
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
    Investigation needed = investigation();
    if (needed != null) {
      needed.bodyReplaced();
    }
  }

  /** Notes, before what came of it is told, how far the last attempt's body got; {@link BodyProgress#WHOLE} unless this is called. */
  public void bodyWent(BodyProgress progress) {
    bodyWent = subject.request().contentLength() == 0 ? BodyProgress.WHOLE : progress;
  }

  /** Whether {@link #responded} needs the start of this response's body: it may say failure, whatever the status. */
  public boolean wantsBody(ResponseHead response) {
    return subject.needsBody(response);
  }

  /** Whether {@link #responded} is sure to deliver this response, and so never blocks. To be asked after {@link #bodySent} was told. */
  public boolean isPlainSuccess(ResponseHead response) {
    return append == null && bodyWent == BodyProgress.WHOLE && !wantsBody(response) && isFromOss(response) && integrity.check(response, null) == null;
  }

  /** What we have signed goes to OSS, whose every answer has an id; what others send may go to a mirror. */
  private boolean isFromOss(ResponseHead response) {
    return (subject.isRead() && !signing.signs()) || response.header("x-oss-request-id") != null;
  }

  /** The first step; from now on time passes towards the total deadline. */
  public Step begin() {
    long now = now();
    room.begin(now);
    return attempt(null, now);
  }

  /** Notes, before what came of it is told, that the client below sent the last attempt or probe that many more times by itself. */
  public void repeatedBelow(int times) {
    history.repeatedBelow(times);
    if (times > 0 && append == null) {
      doubt(); // what is answered now may be about our own doing
    }
  }

  /** Continues after an attempt was answered; {@code body} is the start of its body if it was wanted. */
  public Step responded(ResponseHead response, byte[] body) {
    bodySent |= bodyWent != BodyProgress.UNTOUCHED;
    lastFailure = null;
    if (response.isSuccessful() && bodyWent != BodyProgress.WHOLE) {
      history.answered(response.status(), null, ErrorParser.requestId(response), now());
      return disbelieved(response, "but before its body had gone out: nothing can be stored that the server hasn't got");
    }
    if (response.isSuccessful() && !(wantsBody(response) && ErrorParser.isErrorDocument(body))) {
      return succeeded(response);
    }
    OssError error = settings.errors().parse(response, body);
    history.answered(error.status(), error.code(), error.requestId(), now());
    Diagnosis diagnosis = ofBody(signing.reconsider(settings.errors().diagnose(error), error, response));
    admission.refused(error, diagnosis.verdict(), now());
    boolean earlierDoubt = investigation != null && investigation.isInDoubt();
    noteDoubt(diagnosis);
    return switch (Remedies.of(diagnosis, subject.operation(), error.code(), earlierDoubt)) {
      case WAIT -> retry(diagnosis, diagnosis.verdict() == Verdict.THROTTLED ? Reason.THROTTLED : Reason.SERVER_ERROR, response, error.known().scope() != null);
      case RESIGN -> signing.correctClock() && isBodyAvailable() ? again(Duration.ZERO, Reason.CLOCK_SKEW) : end();
      case REFRESH -> signing.mayChangeCredentials() ? refresh(Resume.ATTEMPT) : end();
      case REPEAT -> isBodyAvailable() && integrity.mayRepeat() ? again(Duration.ZERO, Reason.INTEGRITY) : end();
      case VERIFY -> verify(response);
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
    if (known != null && known.verdict() == Verdict.FATAL) {
      admission.withdrawn(now()); // the client wouldn't send it, or wouldn't follow a redirect
    } else {
      admission.lost(now());
    }
    Diagnosis diagnosis = known != null ? known : TransportFailures.diagnose(failure, subject.request().contentLength() != 0, bodyStarted);
    return react(diagnosis, Reason.TRANSPORT_FAILURE);
  }

  /** Whether what was answered last may still be delivered when the pause is over: another attempt takes its place. */
  public boolean isLastAnswerNeeded() {
    return resume == Resume.PROBE || resume == Resume.ASK;
  }

  /** Continues after a pause. */
  public Step resumed() {
    return switch (resume) {
      case ATTEMPT -> attempt(resumeReason, now());
      case SEND -> inTurn(resumeReason, now());
      case PROBE -> requireInvestigation().askAgain();
      case ASK -> requireInvestigation().askInTurn();
    };
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
    tell(call -> new OssEvent.CredentialsRefreshed(call, changed));
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
    history.waitEnds(now());
    leave();
    return investigation != null && investigation.leavesDoubt()
        ? ending.endedInDoubt(thrown, investigation.ambiguity("the call was given up", null))
        : ending.cancelled(thrown);
  }

  /**
   * Ends the exchange because its caller gave up while an attempt or a probe was under way.
   *
   * @param bodyStarted whether any of the attempt's body went out
   */
  public IOException cancelledInFlight(IOException thrown, boolean bodyStarted) {
    history.failed(thrown, now());
    endsInFlight(bodyStarted);
    return cancelled(thrown);
  }

  private void endsInFlight(boolean bodyStarted) {
    admission.withdrawn(now());
    boolean bodiless = append == null && subject.request().contentLength() == 0; // whether it went out nobody knows
    if (bodyStarted || bodiless) {
      doubt();
    }
  }

  /**
   * Ends the exchange because something threw what it doesn't declare, at whatever moment. Returns {@code thrown} with the earlier failures
   * attached, and the doubt that it leaves.
   *
   * @param bodyStarted whether any of the last attempt's body went out
   */
  public <E extends Throwable> E broken(E thrown, boolean bodyStarted) {
    if (admission.isUnderWay()) {
      history.broke(thrown, now());
      endsInFlight(bodyStarted);
    }
    leave();
    return investigation != null && investigation.leavesDoubt()
        ? ending.endedInDoubt(thrown, investigation.ambiguity("the call ended with " + thrown.getClass().getName(), null))
        : ending.broken(thrown);
  }

  /** Whether a driver may go on reading a body it looks into, begun at {@code sinceNanos} by the exchange's clock. */
  public boolean mayReadOn(long sinceNanos) {
    return now() - sinceNanos < MAX_PEEK.toNanos() && room.allows(Duration.ZERO);
  }

  /** How long a driver may read at most in what {@link #mayReadOn} allows. */
  public Duration readingTime() {
    Duration left = room.left();
    return left.compareTo(MAX_PEEK) < 0 ? left : MAX_PEEK;
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
    leave();
    admission.withdrawn(now());
    ending.abandoned();
  }

  private void leave() {
    admission.leave(now());
    if (investigation != null) {
      investigation.leave();
    }
  }

  /** What has happened so far. */
  public ExchangeReport report() {
    return ending.report();
  }

  /** Sends the request when its turn has come. */
  private Step attempt(@Nullable Reason why, long now) {
    if (admission.queue(now, room.left(now))) {
      return inTurn(why, now);
    }
    ending.outOfTime();
    return nothingSent(new IOException("OSS has shown to allow so little that its turn doesn't come in time"));
  }

  private Step inTurn(@Nullable Reason why, long now) {
    Duration nap = admission.nap(now);
    if (nap.isZero()) {
      return send(why, now);
    }
    if (room.allows(nap)) {
      return pause(nap, Reason.PACED, Resume.SEND, why);
    }
    admission.leave(now);
    ending.outOfTime();
    return nothingSent(new IOException("OSS has shown to allow so little that its turn hasn't come in time"));
  }

  private Step send(@Nullable Reason why, long now) {
    if (!admission.admit(now)) {
      history.stops(Reason.CIRCUIT_OPEN, now);
      return nothingSent(new OssCircuitOpenException(ending.report().subject()));
    }
    String position = append == null || append.moves() == 0 ? null : Long.toString(append.position());
    history.begin(Event.Kind.ATTEMPT, why, now);
    Map<String, String> headers;
    try {
      headers = signing.signAttempt(position == null ? subject.query() : subject.query().with("position", position), now);
    } catch (SigningException e) {
      admission.withdrawn(now());
      lastFailure = e;
      return investigation == null ? ending.last(e) : investigation.unknowable("no further request could be signed");
    }
    history.sent();
    room.sent();
    return headers.isEmpty() && position == null
        ? Step.Attempt.AS_IT_IS
        : new Step.Attempt(new RequestEdit(headers, position == null ? Map.of() : Map.of("position", position)));
  }

  /** No attempt is made, and the last answer may be gone by now: the caller is told why. */
  private Step nothingSent(IOException why) {
    lastFailure = why;
    return end();
  }

  private Step succeeded(ResponseHead response) {
    long now = now();
    history.answered(response.status(), null, ErrorParser.requestId(response), now);
    IntegrityException damage = integrity.check(response, append); // before the answer replaces what is remembered of the object
    boolean fromOss = append != null ? append.isAcknowledgedBy(response) : isFromOss(response);
    if (fromOss) {
      admission.succeeded(response, now);
      room.succeeded();
      if (subject.isPlainHeadOfObject()) {
        settings.prefixes().remember(subject.target(), response); // whoever asks is likely to append next
      }
      return damage == null ? ending.success() : damaged(damage);
    }
    // A captive portal, a proxy's page. Never to be delivered as the success it looks like.
    return disbelieved(response, "but not by OSS: it lacks what OSS answers with");
  }

  private Step disbelieved(ResponseHead response, String why) {
    admission.answeredByOthers(now());
    lastFailure = new IOException(ending.report().subject() + " was answered with status " + response.status() + ", " + why);
    return react(new Diagnosis(Verdict.TRANSIENT, Effect.UNKNOWN), Reason.SERVER_ERROR);
  }

  /** What has no body yet can't have taken effect, whatever the error leaves open. */
  private Diagnosis ofBody(Diagnosis diagnosis) {
    boolean impossible = bodyWent == BodyProgress.UNTOUCHED && diagnosis.effect() == Effect.UNKNOWN;
    return impossible ? new Diagnosis(diagnosis.verdict(), Effect.NOT_APPLIED) : diagnosis;
  }

  private Step damaged(IntegrityException damage) {
    BodySent sent = integrity.sent();
    if (append != null && investigation() instanceof AppendInvestigation ofAppend && sent != null) {
      append.distrust();
      return append.position() == 0 ? ending.last(damage) : ofAppend.ofDamage(sent, damage);
    }
    ending.damaged(damage);
    boolean safe = subject.operation().replayRule() == ReplayRule.SAFE;
    return safe && isBodyAvailable() && integrity.mayRepeat() ? again(Duration.ZERO, Reason.INTEGRITY) : ending.last(damage);
  }

  private Step react(Diagnosis diagnosis, Reason why) {
    noteDoubt(diagnosis);
    return Remedies.of(diagnosis, subject.operation()) == Remedy.WAIT ? retry(diagnosis, why, null, false) : end();
  }

  private Step retry(Diagnosis diagnosis, Reason why, @Nullable ResponseHead response, boolean limitNamed) {
    if (!isBodyAvailable()) {
      return end();
    }
    boolean throttled = diagnosis.verdict() == Verdict.THROTTLED;
    Duration delay = room.backoff(throttled, response, Duration.ofNanos(now() - admission.sentNanos()));
    if (!mayAttempt(delay)) {
      settings.load().budget().failed(limitNamed);
      return end();
    }
    return mayRepeat(limitNamed) ? after(delay, why) : end();
  }

  /** Whether all calls together may repeat that much; if so, it is paid for. */
  boolean mayRepeat(boolean throttled) {
    boolean paid = room.pays(throttled);
    if (!paid) {
      history.stops(Reason.BUDGET_EXHAUSTED, now());
    }
    return paid;
  }

  private void noteDoubt(Diagnosis diagnosis) {
    if (diagnosis.effect() == Effect.UNKNOWN) {
      doubt();
    }
  }

  private void doubt() {
    Investigation needed = investigation();
    if (needed != null) {
      needed.doubt();
    }
  }

  private Step verify(ResponseHead refusal) {
    Investigation needed = investigation();
    return needed == null ? end() : needed.ofRefusal(refusal);
  }

  Inquiry inquiry() {
    return new Inquiry(settings.load(), subject.traffic().ofQuestion());
  }

  boolean isBodyAvailable() {
    return subject.request().isBodyRepeatable() || !bodySent;
  }

  /** Question 4: sends the same again if there is room for it. */
  Step again(Duration delay, Reason why) {
    return mayAttempt(delay) ? after(delay, why) : end();
  }

  private boolean mayAttempt(Duration delay) {
    if (!room.allows(delay)) {
      ending.outOfTime();
    }
    return room.allowsAttempt(delay);
  }

  private Step after(Duration delay, Reason why) {
    return delay.isZero() ? attempt(why, now()) : pause(delay, why, Resume.ATTEMPT);
  }

  Step pause(Duration delay, Reason why, Resume next) {
    return pause(delay, why, next, why);
  }

  private Step pause(Duration delay, Reason why, Resume next, @Nullable Reason nextReason) {
    resume = next;
    resumeReason = nextReason;
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

  /** Not for what happens in every call: it would be made for nobody. */
  void tell(Function<OssEvent.Call, OssEvent> event) {
    if (telling != null) {
      telling.tell(event.apply(telling.call()));
    }
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
