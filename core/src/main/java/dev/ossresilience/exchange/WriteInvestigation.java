package dev.ossresilience.exchange;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.operation.Operation;
import dev.ossresilience.operation.ReplayRule;
import dev.ossresilience.report.Reason;
import dev.ossresilience.write.AmbiguousWriteException;
import dev.ossresilience.write.Evidence;
import dev.ossresilience.write.Judgement;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds out what became of one write other than an append: by the evidence that its operation leaves, if any. */
final class WriteInvestigation extends Investigation {
  private final Operation operation;
  private final Target target;
  private final Evidence evidence;
  private boolean inDoubt;
  private boolean bodyReplaced;

  /** Whether it is a refusal that is looked into; else it is what all attempts left behind. */
  private boolean ofRefusal;

  private boolean lastResort;

  WriteInvestigation(Means means, Subject subject) {
    super(means, Reason.WRITE_IN_DOUBT);
    this.operation = subject.operation();
    this.target = subject.target();
    this.evidence = Evidence.of(operation, means.request(), target, subject.query());
  }

  @Override
  void doubt() {
    inDoubt = true;
  }

  @Override
  void bodyReplaced() {
    bodyReplaced = true;
  }

  @Override
  boolean isInDoubt() {
    return inDoubt;
  }

  /** What is safe to repeat its caller can repeat as well. */
  @Override
  boolean leavesDoubt() {
    return inDoubt && operation.replayRule() != ReplayRule.SAFE;
  }

  @Override
  Step ofRefusal(ResponseHead response) {
    ofRefusal = true;
    lastResort = true; // nothing is sent again: another attempt would be refused too
    means.probing().restart();
    Judgement known = evidence.atOnce();
    return known != null ? conclude(known) : gather();
  }

  @Override
  boolean mayStillLearn() {
    return leavesDoubt() && !lastResort && evidence.atOnce() == null;
  }

  @Override
  Step asLastResort() {
    lastResort = true;
    means.probing().restart();
    return gather();
  }

  @Override
  Step unlearnt() {
    return unknowable("nothing the server could be asked would tell");
  }

  private Step gather() {
    if (evidence.bodyBytes() < 0) {
      return ask();
    }
    if (means.request().isBodyRepeatable()) {
      return new Step.Digest(evidence.bodyBytes());
    }
    BodySent sent = evidence.bodyBytes() == 0 ? means.exchange().bodySent() : null; // else more is needed than what was noted of it
    return sent == null ? unknowable("the body can't be read again") : digested(new Evidence.Sent(sent.length(), sent.crc(), new byte[0]));
  }

  @Override
  Step digested(Evidence.Sent body) {
    Judgement known = evidence.onBody(body);
    return known != null ? conclude(known) : ask();
  }

  private Step ask() {
    return ask(ProbeRequest.of(evidence.question()));
  }

  @Override
  Step told(ResponseHead answer, @Nullable OssError absence, byte[] body, long length, long crc) {
    if (absence != null) {
      return refused(absence);
    }
    Judgement judgement = evidence.onAnswer(answer, body, new Evidence.Call(means.room().elapsed(), ofRefusal));
    return judgement == null ? ask() : conclude(judgement);
  }

  @Override
  Step refused(OssError error) {
    return conclude(evidence.onError(error));
  }

  private Step conclude(Judgement judgement) {
    boolean differs = judgement.kind() == Judgement.Kind.OVERTAKEN || judgement.kind() == Judgement.Kind.REFUSED;
    if (differs && bodyReplaced && evidence.bodyBytes() >= 0) { // from the caller's body, but not from the one that was sent perhaps
      return unknowable("another body may have been sent in place of this one, and can't be recognised");
    }
    return switch (judgement.kind()) {
      case DONE -> means.ending().recovered(judgement.status(), judgement.headers(), judgement.body());
      case REFUSED -> means.ending().last(means.exchange().lastFailure());
      case OVERTAKEN -> ofRefusal ? means.ending().doubtful() : unknowable("something else is there now");
      case UNKNOWABLE -> unknowable(judgement.why());
    };
  }

  /** A refusal would be taken for the whole truth: it is thrown instead. Other error responses leave open what they always did. */
  @Override
  Step unknowable(String why) {
    IOException failure = means.exchange().lastFailure();
    if (ofRefusal && inDoubt) {
      return means.ending().ambiguous(ambiguity("it was refused when it was sent again, and " + why, failure));
    }
    if (!leavesDoubt()) {
      return means.ending().last(failure);
    }
    return failure == null ? means.ending().doubtful() : means.ending().ambiguous(ambiguity(why, failure));
  }

  @Override
  AmbiguousWriteException ambiguity(String why, @Nullable IOException cause) {
    return new AmbiguousWriteException(operation.name(), target, "the " + operation + " of", why, operation.proof().advice(), cause);
  }

  /** For operations that need none of this, none is kept. */
  static boolean isNeededFor(Operation operation) {
    return operation.replayRule() != ReplayRule.SAFE || operation.isRefusedTwice();
  }
}
