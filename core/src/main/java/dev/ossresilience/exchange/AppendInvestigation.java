package dev.ossresilience.exchange;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.append.AppendRecovery;
import dev.ossresilience.append.Finding;
import dev.ossresilience.append.ServerNumbers;
import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.report.Reason;
import dev.ossresilience.write.AmbiguousWriteException;
import dev.ossresilience.write.Evidence;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what became of one append. */
final class AppendInvestigation extends Investigation {
  /** A move is no failure: come back soon, but not in step with the other writers. */
  private static final Backoff MOVE_BACKOFF = Backoff.exponential(Duration.ofMillis(10), Duration.ofSeconds(1));

  /** By then others were faster on each of many tries: from there on it is paid for as a repetition, so that many writers are no storm. */
  private static final int FREE_MOVES = 10;

  private final AppendRecovery append;
  private final Target target;
  private Finding.Kind asked = Finding.Kind.NEED_HEAD;
  private boolean lastResort;

  /** Set while it is looked into whether an acknowledged append is damaged. */
  private @Nullable IntegrityException damage;

  AppendInvestigation(Means means, AppendRecovery append, Target target) {
    super(means, Reason.APPEND_IN_DOUBT);
    this.append = append;
    this.target = target;
  }

  @Override
  void doubt() {
    append.doubt();
  }

  @Override
  void bodyReplaced() {
    append.bodyReplaced();
  }

  @Override
  boolean isInDoubt() {
    return append.isInDoubt();
  }

  @Override
  boolean leavesDoubt() {
    return append.isInDoubt();
  }

  @Override
  Step ofRefusal(ResponseHead response) {
    means.probing().restart();
    return pursue(append.onConflict(ServerNumbers.nextPosition(response)));
  }

  /**
   * An acknowledgement with another CRC64 than that of what is remembered and what was sent: was it damaged, or has another writer
   * replaced what was there before? The bytes at our position tell.
   */
  Step ofDamage(BodySent sent, IntegrityException differs) {
    damage = differs;
    means.probing().restart();
    return pursue(append.reread(sent.length(), sent.crc()));
  }

  @Override
  boolean mayStillLearn() {
    return append.isInDoubt() && !lastResort;
  }

  @Override
  Step asLastResort() {
    lastResort = true;
    means.probing().restart();
    return pursue(append.investigate());
  }

  @Override
  Step unlearnt() {
    return means.ending().last(means.exchange().lastFailure());
  }

  @Override
  Step digested(Evidence.Sent body) {
    return pursue(append.onDigest(body.length(), body.crc()));
  }

  @Override
  Step told(ResponseHead answer, @Nullable OssError absence, byte[] body, long length, long crc) {
    if (asked != Finding.Kind.NEED_HEAD) {
      return pursue(append.onRange(answer, length, crc));
    }
    boolean garbled = "Appendable".equals(answer.header("x-oss-object-type")) && ServerNumbers.nextPosition(answer) == null;
    return garbled ? tryAgain(Reason.SERVER_ERROR) : pursue(append.onHead(answer));
  }

  @Override
  Step refused(OssError error) {
    return unknowable("asking the server was answered with " + error.status() + " " + error.code());
  }

  @Override
  Step unknowable(String why) {
    if (damage != null) {
      return means.ending().ambiguous(ambiguity("OSS acknowledged it with another CRC64 than that of what was sent, and " + why, damage));
    }
    IOException failure = means.exchange().lastFailure();
    return append.isInDoubt() ? means.ending().ambiguous(ambiguity(why, failure)) : means.ending().last(failure);
  }

  @Override
  AmbiguousWriteException ambiguity(String why, @Nullable IOException cause) {
    return new AmbiguousAppendException(target, append.position(), append.storedLength(), why, cause);
  }

  private Step pursue(Finding finding) {
    return switch (finding.kind()) {
      case NEED_DIGEST -> means.request().isBodyRepeatable() ? new Step.Digest(0) : undigestible();
      case NEED_HEAD, NEED_RANGE -> ask(finding.kind());
      case APPLIED -> means.ending().recovered(200, headers(finding), "");
      case TAKEN -> damage == null ? taken(finding.end()) : means.ending().last(damage);
      case NOT_YET -> notYet();
      case UNKNOWABLE -> unknowable(finding.why());
    };
  }

  private static Map<String, String> headers(Finding applied) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-oss-next-append-position", Long.toString(applied.end()));
    if (applied.crc() != null) {
      headers.put("x-oss-hash-crc64ecma", Long.toUnsignedString(applied.crc()));
    }
    return headers;
  }

  private Step undigestible() {
    BodySent sent = means.exchange().bodySent();
    if (sent != null) {
      return pursue(append.onDigest(sent.length(), sent.crc()));
    }
    append.acceptConflict(); // this body didn't go out whole, and there was no other
    return unknowable("the body can't be read again");
  }

  private Step taken(long end) {
    Exchange exchange = means.exchange();
    Duration delay = means.room().draw(MOVE_BACKOFF, append.moves() + 1);
    boolean may = !lastResort && means.signing().mayEdit() && exchange.isBodyAvailable();
    boolean follows = may && means.room().allows(delay) && append.mayMove();
    long from = append.position();
    if (follows && (append.moves() < FREE_MOVES || exchange.mayRepeat(false)) && append.moveTo(end)) {
      exchange.tell(call -> new OssEvent.AppendMoved(call, from, end));
      return exchange.pause(delay, Reason.APPEND_CONFLICT, Exchange.Resume.ATTEMPT);
    }
    return means.ending().last(exchange.lastFailure());
  }

  private Step notYet() {
    Exchange exchange = means.exchange();
    if (damage != null) {
      return unknowable("the object ends where it began");
    }
    if (lastResort) {
      return unknowable("the object ends where it began, but the bytes may still be under way");
    }
    // The conflict the server saw is gone, or its answer was stale: its position check decides whether ours can still be stored.
    return exchange.isBodyAvailable() ? exchange.again(means.room().backoff(false, null, Duration.ZERO), Reason.APPEND_IN_DOUBT) : exchange.end();
  }

  private Step ask(Finding.Kind kind) {
    asked = kind;
    if (kind == Finding.Kind.NEED_HEAD) {
      return ask(ProbeRequest.of(Evidence.Question.HEAD));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("range", "bytes=" + append.position() + "-" + (append.position() + append.length() - 1));
    headers.put("x-oss-range-behavior", "standard"); // else a range past the end is answered with the whole object
    return ask(new ProbeRequest("GET", null, "", headers, append.length(), false));
  }
}
