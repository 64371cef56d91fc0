package dev.ossresilience.exchange;

import dev.ossresilience.error.OssError;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.load.Traffic;
import dev.ossresilience.load.Turn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a question about a write may be asked: it counts in OSS's limits as everything else does. The circuit breaker doesn't keep it back,
 * for without it nobody would ever know, and neither does a turn that comes too late.
 */
final class Inquiry {
  private final LoadControl load;
  private final Traffic traffic;
  private @Nullable Turn turn;
  private boolean underWay;
  private long sentNanos;

  Inquiry(LoadControl load, Traffic traffic) {
    this.load = load;
    this.traffic = traffic;
  }

  /** Queues up for the next turn. */
  void queue(long nowNanos, Duration atMost) {
    turn = load.turnOfQuestion(traffic, nowNanos, atMost);
  }

  /** See {@link Admission#nap}; zero as well if there is no turn in time. */
  Duration nap(long nowNanos) {
    return Admission.nap(turn, nowNanos);
  }

  /** It goes out now. */
  void asked(long nowNanos) {
    turn = null;
    underWay = true;
    sentNanos = nowNanos;
  }

  /** It was answered with what isn't an error here, or by somebody else than OSS. */
  void answered(boolean byOss, long nowNanos) {
    tell(null, false, !byOss, nowNanos);
  }

  void refused(OssError error, Verdict verdict, long nowNanos) {
    boolean throttled = verdict == Verdict.THROTTLED;
    tell(error, throttled, !throttled && error.status() >= 500, nowNanos);
  }

  private void tell(@Nullable OssError error, boolean refused, boolean broken, long nowNanos) {
    if (underWay) {
      underWay = false;
      load.questionAnswered(traffic, refused, error == null ? null : error.known().scope(), broken, sentNanos, nowNanos);
    }
  }

  void lost(long nowNanos) {
    answered(false, nowNanos);
  }

  /** Nobody wants to know any more. */
  void leave(long nowNanos) {
    underWay = false;
    if (turn != null) {
      turn.giveUp(nowNanos);
      turn = null;
    }
  }
}
