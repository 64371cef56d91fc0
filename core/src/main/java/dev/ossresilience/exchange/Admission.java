package dev.ossresilience.exchange;

import dev.ossresilience.error.OssError;
import dev.ossresilience.error.ThrottleScope;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.load.Traffic;
import dev.ossresilience.load.Turn;
import dev.ossresilience.report.OssEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether one exchange may send its request now; tells what all calls share exactly once what came of each attempt. */
final class Admission {
  /** Says of a success that OSS held it back, and for how many milliseconds. */
  private static final String HELD_BACK = "x-oss-qos-delay-time";

  /** Whoever says more is mistaken; sums of it must stay sums. An hour. */
  private static final long MOST_HELD_BACK_MILLIS = 3_600_000;

  /** Who waits for long looks this often whether things have changed. */
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

  private final LoadControl load;
  private final Subject subject;
  private final Traffic traffic;

  /** Null if nobody is told. */
  private final @Nullable Telling telling;

  private @Nullable Turn turn;
  private boolean underWay;
  private boolean repeats;
  private long sentNanos;

  Admission(LoadControl load, Subject subject, @Nullable Telling telling) {
    this.telling = telling;
    this.load = load;
    this.subject = subject;
    this.traffic = subject.traffic();
  }

  /** Queues up for the next turn; false if that is longer from now than {@code atMost}. */
  boolean queue(long nowNanos, Duration atMost) {
    turn = load.turn(traffic, nowNanos, atMost);
    return turn != null;
  }

  /**
   * How long to wait before the turn has come, or is looked for again: the pace may be another by then.
   *
   * @return zero if it has come
   */
  Duration nap(long nowNanos) {
    return nap(turn, nowNanos);
  }

  static Duration nap(@Nullable Turn turn, long nowNanos) {
    Duration wait = turn == null ? Duration.ZERO : turn.remaining(nowNanos);
    return wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP;
  }

  /** Whether an attempt was sent, or is about to be, and nothing is known of it yet. */
  boolean isUnderWay() {
    return underWay;
  }

  /** When the last attempt was sent. */
  long sentNanos() {
    return sentNanos;
  }

  /** Leaves the queue, if it is in one. */
  void leave(long nowNanos) {
    if (turn != null) {
      turn.giveUp(nowNanos);
      turn = null;
    }
  }

  /** Whether an attempt may be sent now. */
  boolean admit(long nowNanos) {
    Turn come = turn;
    turn = null;
    underWay = come != null && load.admits(traffic, come, !repeats, nowNanos);
    noteBreaker();
    repeats |= underWay;
    sentNanos = nowNanos;
    return underWay;
  }

  void succeeded(ResponseHead response, long nowNanos) {
    String delay = response.header(HELD_BACK);
    boolean heldBack = delay != null && !delay.equals("0") && !subject.wantsToBeSlow();
    if (delay != null && telling != null && number(delay) > 0) {
      telling.tell(new OssEvent.HeldBack(telling.call(), Duration.ofMillis(Math.min(number(delay), MOST_HELD_BACK_MILLIS))));
    }
    answered(heldBack, traffic.kind(), false, Math.max(0, length(response)), nowNanos);
  }

  void refused(OssError error, Verdict verdict, long nowNanos) {
    boolean throttled = verdict == Verdict.THROTTLED;
    answered(throttled, error.known().scope(), !throttled && error.status() >= 500, 0, nowNanos);
  }

  /** Something answered, but not OSS. */
  void answeredByOthers(long nowNanos) {
    answered(false, null, true, 0, nowNanos);
  }

  private void answered(boolean refused, @Nullable ThrottleScope limit, boolean broken, long received, long nowNanos) {
    if (underWay) {
      underWay = false;
      load.answered(traffic, refused, limit, broken, received, sentNanos, nowNanos);
      noteBreaker();
    }
  }

  private static long length(ResponseHead response) {
    String header = response.header("Content-Length");
    return header == null ? 0 : number(header);
  }

  private static long number(String header) {
    try {
      return Long.parseLong(header);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  void lost(long nowNanos) {
    if (underWay) {
      underWay = false;
      load.lost(traffic, sentNanos, nowNanos);
      noteBreaker();
    }
  }

  private void noteBreaker() {
    LoadControl.BreakerChange change = load.breakerChange();
    if (change != null) {
      OssEvent.Call call = telling == null ? subject.call(null) : telling.call();
      OssEvent.BreakerChanged changed = new OssEvent.BreakerChanged(call, change.from(), change.to());
      CallLog.breaker(changed);
      if (telling != null) {
        telling.tell(changed);
      }
    }
  }

  /** The attempt says nothing of the endpoint: it was given up, or never sent. */
  void withdrawn(long nowNanos) {
    if (underWay) {
      underWay = false;
      load.notSent(nowNanos);
    }
  }
}
