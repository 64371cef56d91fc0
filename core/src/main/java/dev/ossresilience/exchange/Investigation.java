package dev.ossresilience.exchange;

import dev.ossresilience.error.ErrorModel;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.Reason;
import dev.ossresilience.write.AmbiguousWriteException;
import dev.ossresilience.write.Evidence;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds out what became of one write, by asking the server as often as needed, and draws the consequence. */
abstract class Investigation {
  /** What it works with. */
  record Means(
      Exchange exchange, RequestHead request, ErrorModel errors, Signing signing, Probing probing, Room room, History history, Ending ending) {}

  final Means means;
  private final Reason reason;

  /** Null until something is asked, which may be long after: many may wait to be sent again. */
  private @Nullable Inquiry inquiry;

  Investigation(Means means, Reason reason) {
    this.means = means;
    this.reason = reason;
  }

  /** Notes that the last attempt may have taken effect, or may still. */
  abstract void doubt();

  /** Notes that something else than the caller's body may have gone out in an attempt. */
  abstract void bodyReplaced();

  /** Whether an attempt may have taken effect. */
  abstract boolean isInDoubt();

  /** Whether a caller who is told nothing more must be told that it may have. */
  abstract boolean leavesDoubt();

  /** A refusal, perhaps because of what an earlier attempt of ours did. */
  abstract Step ofRefusal(ResponseHead response);

  /** Whether there is a doubt that hasn't been looked into with all attempts used up. */
  abstract boolean mayStillLearn();

  /** No attempt follows: what is found out now decides what the caller is told. */
  abstract Step asLastResort();

  /** Nothing more can be learnt: tells the caller what came last. */
  abstract Step unlearnt();

  /** Continues with the body of the caller's request, after {@link Step.Digest}. */
  abstract Step digested(Evidence.Sent body);

  /** Continues with an answer to a probe that says something of the object: a success, or that it isn't there. */
  abstract Step told(ResponseHead answer, @Nullable OssError absence, byte[] body, long length, long crc);

  /** Continues with an error that a probe was answered with and that another probe wouldn't change. */
  abstract Step refused(OssError error);

  /** Tells the caller what is left: an ambiguity, or nothing but the last failure if nothing of ours can have taken effect. */
  abstract Step unknowable(String why);

  abstract AmbiguousWriteException ambiguity(String why, @Nullable IOException cause);

  Step digestFailed(IOException failure) {
    return unknowable("the body can't be read again: " + failure.getClass().getSimpleName());
  }

  Step probed(ResponseHead response, byte[] body, long length, long crc) {
    OssError error = response.isSuccessful() ? null : means.errors.parse(response, body);
    means.history.answered(response.status(), error == null ? null : error.code(), ErrorParser.requestId(response), means.exchange.now());
    boolean byOss = response.header("x-oss-request-id") != null;
    if (!byOss || error == null || isAbsence(error)) {
      inquiry().answered(byOss, means.exchange.now());
      return byOss ? told(response, error, body, length, crc) : tryAgain(Reason.SERVER_ERROR); // whatever it says, it wasn't OSS that said so
    }
    Signing signing = means.signing;
    Verdict verdict = signing.reconsider(means.errors.diagnose(error), error, response).verdict();
    inquiry().refused(error, verdict, means.exchange.now());
    return switch (verdict) {
      case CLOCK_SKEWED -> signing.correctClock() ? askAgain() : unknowable("the server's clock can't be followed");
      case THROTTLED -> tryAgain(Reason.THROTTLED);
      case TRANSIENT -> tryAgain(Reason.SERVER_ERROR);
      case CREDENTIALS_REJECTED ->
          signing.mayChangeCredentials() ? means.exchange.refresh(Exchange.Resume.PROBE) : unknowable("OSS refused the credentials");
      case APPEND_CONFLICT, INTEGRITY, PERHAPS_DONE, CALLBACK_FAILED, FATAL -> refused(error);
    };
  }

  Step probeFailed(IOException failure) {
    means.history.failed(failure, means.exchange.now());
    inquiry().lost(means.exchange.now());
    return tryAgain(Reason.TRANSPORT_FAILURE);
  }

  /** The last question once more. */
  Step askAgain() {
    return ask(means.probing.question());
  }

  final Step ask(ProbeRequest question) {
    means.probing.next(question);
    inquiry().queue(means.exchange.now(), means.room.left());
    return askInTurn();
  }

  final Step askInTurn() {
    long now = means.exchange.now();
    Duration nap = inquiry().nap(now);
    if (!nap.isZero() && means.room.allows(nap, now)) {
      return means.exchange.pause(nap, Reason.PACED, Exchange.Resume.ASK);
    }
    means.history.begin(Event.Kind.PROBE, reason, now);
    try {
      ProbeRequest probe = means.probing.ask();
      if (probe != null) {
        inquiry().asked(now);
        means.history.sent();
        return new Step.Probe(probe);
      }
      leave();
      return unknowable("there was no time or attempt left to ask the server");
    } catch (SigningException e) {
      leave();
      return unknowable("no further request could be signed");
    }
  }

  /** Leaves the queue, if it waits to ask. */
  final void leave() {
    if (inquiry != null) {
      inquiry.leave(means.exchange.now());
    }
  }

  private Inquiry inquiry() {
    if (inquiry == null) {
      inquiry = means.exchange.inquiry();
    }
    return inquiry;
  }

  /** The last question once more after a pause, if there is time. */
  final Step tryAgain(Reason why) {
    Duration delay = means.room.backoff(why == Reason.THROTTLED, null, Duration.ZERO);
    return means.room.allows(delay) && means.probing.mayAskAgain()
        ? means.exchange.pause(delay, why, Exchange.Resume.PROBE)
        : unknowable("the server could not be asked in time");
  }

  private static boolean isAbsence(OssError error) {
    boolean noSuchKey = error.status() == 404 && (error.code() == null || error.code().equals("NoSuchKey"));
    return noSuchKey || error.status() == 416;
  }
}
