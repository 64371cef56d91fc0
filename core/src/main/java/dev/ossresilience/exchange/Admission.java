package dev.ossresilience.exchange;

import dev.ossresilience.error.OssError;
import dev.ossresilience.error.ThrottleScope;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.load.Traffic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether one exchange may send its request now; tells what all calls share exactly once what came of each attempt. */
final class Admission {
  /** Says of a success that OSS held it back, and for how many milliseconds. */
  private static final String HELD_BACK = "x-oss-qos-delay-time";

  private final LoadControl load;
  private final Subject subject;
  private final Traffic traffic;
  private boolean underWay;
  private long sentNanos;

  Admission(LoadControl load, Subject subject) {
    this.load = load;
    this.subject = subject;
    this.traffic = subject.traffic();
  }

  /** How long to wait for the next slot at the pace OSS allows; negative if that is longer than {@code atMost}. */
  Duration reserve(long nowNanos, Duration atMost) {
    return load.reserve(traffic, nowNanos, atMost);
  }

  /** Whether an attempt may be sent now. */
  boolean admit(long nowNanos) {
    underWay = load.admits(traffic, nowNanos);
    sentNanos = nowNanos;
    return underWay;
  }

  void succeeded(ResponseHead response, long nowNanos) {
    String delay = response.header(HELD_BACK);
    boolean heldBack = delay != null && !delay.equals("0") && !subject.wantsToBeSlow();
    answered(heldBack ? traffic.kind() : null, false, Math.max(0, length(response)), nowNanos);
  }

  void refused(OssError error, Verdict verdict, long nowNanos) {
    boolean throttled = verdict == Verdict.THROTTLED;
    ThrottleScope limit = error.known().scope() == null ? ThrottleScope.TOTAL : error.known().scope();
    answered(throttled ? limit : null, !throttled && error.status() >= 500, 0, nowNanos);
  }

  /** Something answered, but not OSS. */
  void answeredByOthers(long nowNanos) {
    answered(null, true, 0, nowNanos);
  }

  private void answered(@Nullable ThrottleScope limit, boolean broken, long received, long nowNanos) {
    if (underWay) {
      underWay = false;
      load.answered(traffic, limit, broken, received, sentNanos, nowNanos);
    }
  }

  private static long length(ResponseHead response) {
    String header = response.header("Content-Length");
    try {
      return header == null ? 0 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  void lost(long nowNanos) {
    if (underWay) {
      underWay = false;
      load.lost(sentNanos, nowNanos);
    }
  }

  /** The attempt says nothing of the endpoint: it was given up, or never sent. */
  void withdrawn() {
    if (underWay) {
      underWay = false;
      load.notSent();
    }
  }
}
