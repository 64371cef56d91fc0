package dev.ossresilience.okhttp;

import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okio.AsyncTimeout;
import okio.Timeout;

/** The time a whole call may take, attempts, waits and reading the response included; none unless it is set. */
final class CallLimit extends AsyncTimeout {
  private final OssCall call;
  private volatile boolean timedOut;
  private long beganNanos;

  CallLimit(OssCall call, int timeoutMillis) {
    this.call = call;
    timeout(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  void begin() {
    beganNanos = System.nanoTime(); // the clock that Okio reads too
    enter();
  }

  /** Leaves to one request, which may be the last, what is left of the time: OkHttp applies it to reading the response too. */
  void applyTo(Call one) {
    Timeout timeout = one.timeout();
    if (timeoutNanos() > 0) {
      long passed = beganNanos == 0 ? 0 : System.nanoTime() - beganNanos;
      timeout.timeout(Math.max(1, timeoutNanos() - passed), TimeUnit.NANOSECONDS);
    }
    if (hasDeadline()) {
      timeout.deadlineNanoTime(deadlineNanoTime());
    }
  }

  boolean isTimedOut() {
    return timedOut;
  }

  @Override
  protected void timedOut() {
    timedOut = true;
    call.cancel();
  }
}
