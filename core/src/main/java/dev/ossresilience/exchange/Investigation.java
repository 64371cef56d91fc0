package dev.ossresilience.exchange;

import dev.ossresilience.append.AppendRecovery;
import dev.ossresilience.append.Finding;
import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.error.ErrorModel;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.Reason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds out what became of one append, by asking the server, and draws the consequence. */
final class Investigation {
  /** A move is no failure: come back soon, but not in step with the other writers. */
  private static final Backoff MOVE_BACKOFF = Backoff.exponential(Duration.ofMillis(10), Duration.ofSeconds(1));

  private final Exchange exchange;
  private final AppendRecovery append;
  private final RequestHead request;
  private final ErrorModel errors;
  private final Signing signing;
  private final Probing probing;
  private final Room room;
  private final History history;
  private final Ending ending;
  private boolean lastResort;

  /** Set while it is looked into whether an acknowledged append is damaged. */
  private @Nullable IntegrityException damage;

  Investigation(
      Exchange exchange,
      AppendRecovery append,
      RequestHead request,
      ErrorModel errors,
      Signing signing,
      Probing probing,
      Room room,
      History history,
      Ending ending) {
    this.exchange = exchange;
    this.append = append;
    this.request = request;
    this.errors = errors;
    this.signing = signing;
    this.probing = probing;
    this.room = room;
    this.history = history;
    this.ending = ending;
  }

  /** A conflict: perhaps with our own bytes. */
  Step ofConflict(ResponseHead response) {
    probing.restart();
    return pursue(append.onConflict(ServerNumbers.position(response.header("x-oss-next-append-position"))));
  }

  /**
   * An acknowledgement with another CRC64 than that of what is remembered and what was sent: was it damaged, or has another writer
   * replaced what was there before? The bytes at our position tell.
   */
  Step ofDamage(BodySent sent, IntegrityException differs) {
    damage = differs;
    probing.restart();
    return pursue(append.reread(sent.length(), sent.crc()));
  }

  /** Whether there is a doubt that hasn't been looked into with all attempts used up. */
  boolean mayStillLearn() {
    return append.isInDoubt() && !lastResort;
  }

  /** No attempt follows: what is found out now decides what the caller is told. */
  Step asLastResort() {
    lastResort = true;
    probing.restart();
    return pursue(append.investigate());
  }

  Step digested(long length, long crc) {
    return pursue(append.onDigest(length, crc));
  }

  Step digestFailed(IOException failure) {
    return unknowable("the body can't be read again: " + failure.getClass().getSimpleName());
  }

  Step probed(ResponseHead response, byte[] body, long length, long crc) {
    OssError error = response.isSuccessful() ? null : errors.parse(response, body);
    history.answered(response.status(), error == null ? null : error.code(), response.header("x-oss-request-id"), exchange.now());
    if (response.header("x-oss-request-id") == null) {
      return tryAgain(Reason.SERVER_ERROR); // whatever it says of the object, it wasn't OSS that said so
    }
    if (error == null || isAbsence(error)) {
      boolean head = probing.question() == Finding.Kind.NEED_HEAD;
      return pursue(head ? append.onHead(response) : append.onRange(response, length, crc));
    }
    return switch (signing.reconsider(errors.diagnose(error), error, response).verdict()) {
      case CLOCK_SKEWED -> signing.correctClock() ? askAgain() : unknowable("the server's clock can't be followed");
      case THROTTLED -> tryAgain(Reason.THROTTLED);
      case TRANSIENT -> tryAgain(Reason.SERVER_ERROR);
      case CREDENTIALS_REJECTED ->
          signing.mayChangeCredentials() ? exchange.refresh(Exchange.Resume.PROBE) : unknowable("OSS refused the credentials");
      case APPEND_CONFLICT, INTEGRITY, PERHAPS_DONE, CALLBACK_FAILED, FATAL ->
          unknowable("asking the server was answered with " + error.status() + " " + error.code());
    };
  }

  Step probeFailed(IOException failure) {
    history.failed(failure, exchange.now());
    return tryAgain(Reason.TRANSPORT_FAILURE);
  }

  /** The last question once more. */
  Step askAgain() {
    return ask(probing.question());
  }

  /** Tells the caller what is left: an ambiguity, or nothing but the last failure if nothing of ours can be stored. */
  Step unknowable(String why) {
    if (damage != null) {
      return ending.last(damage);
    }
    return append.isInDoubt() ? ending.ambiguous(append, why, exchange.lastFailure()) : ending.last(exchange.lastFailure());
  }

  private Step pursue(Finding finding) {
    return switch (finding.kind()) {
      case NEED_DIGEST -> request.isBodyRepeatable() ? new Step.Digest() : undigestible();
      case NEED_HEAD, NEED_RANGE -> ask(finding.kind());
      case APPLIED -> ending.recovered(finding);
      case TAKEN -> damage == null ? taken(finding.end()) : ending.last(damage);
      case NOT_YET -> lastResort || damage != null ? unknowable("the object ends where it began, but the bytes may still be under way") : atSamePosition();
      case UNKNOWABLE -> unknowable(finding.why());
    };
  }

  private Step undigestible() {
    BodySent sent = exchange.bodySent();
    if (sent != null) {
      return pursue(append.onDigest(sent.length(), sent.crc()));
    }
    append.acceptConflict();
    return unknowable("the body can't be read again");
  }

  private Step taken(long end) {
    Duration delay = room.draw(MOVE_BACKOFF, append.moves() + 1);
    boolean follow = !lastResort && signing.mayEdit() && exchange.isBodyAvailable() && room.allows(delay) && append.moveTo(end);
    return follow ? exchange.pause(delay, Reason.APPEND_CONFLICT, Exchange.Resume.ATTEMPT) : ending.last(exchange.lastFailure());
  }

  /** The conflict the server saw is gone, or its answer was stale: its position check decides whether ours can still be stored. */
  private Step atSamePosition() {
    return exchange.isBodyAvailable() ? exchange.again(room.backoff(false), Reason.APPEND_IN_DOUBT) : exchange.end();
  }

  private Step ask(Finding.Kind kind) {
    history.begin(Event.Kind.PROBE, Reason.APPEND_IN_DOUBT, exchange.now());
    try {
      ProbeRequest probe = probing.ask(kind, append);
      return probe != null ? new Step.Probe(probe) : unknowable("there was no time or attempt left to ask the server");
    } catch (SigningException e) {
      return unknowable("no further request could be signed");
    }
  }

  private Step tryAgain(Reason why) {
    Duration delay = room.backoff(why == Reason.THROTTLED);
    return room.allows(delay) && probing.mayAskAgain()
        ? exchange.pause(delay, why, Exchange.Resume.PROBE)
        : unknowable("the server could not be asked in time");
  }

  private static boolean isAbsence(OssError error) {
    boolean noSuchKey = error.status() == 404 && (error.code() == null || error.code().equals("NoSuchKey"));
    return noSuchKey || error.status() == 416;
  }
}
