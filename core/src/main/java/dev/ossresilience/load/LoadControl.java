package dev.ossresilience.load;

import dev.ossresilience.error.ThrottleScope;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What all calls to one endpoint share so that OSS can recover: retry budget, pace, circuit breaker. Thread-safe. */
public final class LoadControl {
  private final RetryBudget budget;
  private final @Nullable Pacing pacing;

  /** Of use only with pacing: else they are just counted. */
  private final Slots slots = new Slots();

  private final @Nullable CircuitBreaker breaker;

  /** As it was when it was last looked at. */
  private final AtomicReference<CircuitBreaker.@Nullable State> breakerWas;

  private final Broken endpointFailed = new Broken();
  private final LongAdder absurdHints = new LongAdder();
  private final LongAdder exhaustions = new LongAdder();

  /**
   * Puts it together.
   *
   * @param paced whether the pace follows what OSS refuses
   * @param breaker null for none
   */
  public LoadControl(RetryBudget budget, boolean paced, @Nullable CircuitBreaker breaker, long nowNanos) {
    this.budget = budget;
    this.pacing = paced ? new Pacing(nowNanos) : null;
    this.breaker = breaker;
    this.breakerWas = new AtomicReference<>(breaker == null ? null : breaker.getState());
  }

  /** Bounds nothing. */
  public static LoadControl none() {
    return new LoadControl(RetryBudget.unlimited(), false, null, 0);
  }

  /** What repetitions are paid from. */
  public RetryBudget budget() {
    return budget;
  }

  /** How many of a server's hints were ignored because they made no sense. */
  public long absurdHints() {
    return absurdHints.sum();
  }

  /** Counts one. */
  public void absurdHint() {
    absurdHints.increment();
  }

  /** How many calls ended because the budget was used up. */
  public long exhaustions() {
    return exhaustions.sum();
  }

  /** Counts one. */
  public void exhausted() {
    exhaustions.increment();
  }

  /** How many scopes of OSS's limits are paced now. */
  public int pacedScopes() {
    return pacing == null ? 0 : pacing.pacers().size();
  }

  /** See {@link dev.ossresilience.OssResilience#pace}. */
  public double pace(ThrottleScope kind, long nowNanos) {
    if (pacing == null) {
      return Double.NaN;
    }
    return kind == ThrottleScope.CONCURRENCY ? slots.limit(Pacing.seconds(nowNanos)) : pacing.pacers().slowest(kind, nowNanos);
  }

  /** How often a hot partition wasn't paced, because too many others already were. */
  public long unpacedPartitions() {
    return pacing == null ? 0 : pacing.pacers().unpaced();
  }

  /** How many attempts are under way. */
  public int underWay() {
    return slots.underWay();
  }

  /** How many attempts wait because of a limit on how many may be under way, or may go out and haven't yet. */
  public int waitingForSlots() {
    return slots.waiting();
  }

  /** The next turn to send something; null if it is longer until then than {@code atMost} at the present pace. */
  public @Nullable Turn turn(Traffic traffic, long nowNanos, Duration atMost) {
    if (pacing == null) {
      return Pacing.NOW;
    }
    double now = Pacing.seconds(nowNanos);
    boolean limited = slots.areLimited(now);
    if (limited && slots.waitOfNext(now) > Pacing.seconds(atMost.toNanos())) {
      return null;
    }
    Turn turn = pacing.take(traffic, nowNanos, atMost);
    return turn != null && limited ? turn.within(slots) : turn;
  }

  /** The same for a question about a write, which takes no slot: many may wait for what it brings to light. */
  public @Nullable Turn turnOfQuestion(Traffic traffic, long nowNanos, Duration atMost) {
    return pacing == null ? Pacing.NOW : pacing.take(traffic, nowNanos, atMost);
  }

  /** What came of a question, see {@link #answered}; {@code broken} as well if it had no answer. The circuit breaker isn't told. */
  public void questionAnswered(
      Traffic traffic, boolean refused, @Nullable ThrottleScope limit, boolean broken, long sentNanos, long nowNanos) {
    if (limit != ThrottleScope.CONCURRENCY) {
      tellPacing(traffic, refused, limit, broken, 0, sentNanos, nowNanos);
    }
  }

  /**
   * Whether an attempt whose turn has come may be sent; if so, exactly one of {@link #answered}, {@link #lost} and {@link #notSent} must
   * follow. The turn is over in any case.
   *
   * @param first whether it is its call's first: repetitions say nothing of how much callers want
   */
  public boolean admits(Traffic traffic, Turn turn, boolean first, long nowNanos) {
    if (breaker != null && !breaker.tryAcquirePermission()) {
      turn.giveUp(nowNanos);
      return false;
    }
    slots.sent(turn.use(), Pacing.seconds(nowNanos));
    if (pacing != null && first) {
      pacing.sent(traffic, nowNanos);
    }
    return true;
  }

  /**
   * OSS, or something in its place, answered an attempt.
   *
   * @param refused whether it was refused or held back because of a limit
   * @param limit that limit; null if it wasn't named
   * @param broken whether the answer says that the endpoint doesn't work
   * @param received how many bytes the answer has, 0 if that isn't known
   */
  public void answered(Traffic traffic, boolean refused, @Nullable ThrottleScope limit, boolean broken, long received, long sentNanos, long nowNanos) {
    double now = Pacing.seconds(nowNanos);
    boolean tooMany = refused && limit == ThrottleScope.CONCURRENCY;
    if (tooMany && pacing != null) {
      slots.refused(now, Pacing.seconds(sentNanos));
    } else if (refused || broken) {
      slots.ended(now);
    } else {
      slots.accepted(now, Pacing.seconds(nowNanos - sentNanos));
    }
    if (!tooMany) {
      tellPacing(traffic, refused, limit, broken, received, sentNanos, nowNanos);
    }
    count(broken, nowNanos - sentNanos);
  }

  private void tellPacing(
      Traffic traffic, boolean refused, @Nullable ThrottleScope limit, boolean broken, long received, long sentNanos, long nowNanos) {
    if (pacing == null) {
      return;
    }
    if (refused) {
      pacing.refused(traffic, limit, sentNanos, nowNanos);
    } else if (broken) {
      pacing.failed(traffic, sentNanos, nowNanos);
    } else {
      pacing.accepted(traffic, received, sentNanos, nowNanos);
    }
  }

  /** An attempt had no answer. */
  public void lost(Traffic traffic, long sentNanos, long nowNanos) {
    slots.ended(Pacing.seconds(nowNanos));
    if (pacing != null) {
      pacing.failed(traffic, sentNanos, nowNanos);
    }
    count(true, nowNanos - sentNanos);
  }

  /** A change of the circuit breaker. */
  public record BreakerChange(CircuitBreaker.State from, CircuitBreaker.State to) {}

  /**
   * What the circuit breaker has come to since this was last asked, null for nothing: each change is told once. It is asked for after each
   * step, since a consumer of the breaker's own events would cost every call an event.
   */
  public @Nullable BreakerChange breakerChange() {
    CircuitBreaker.State was = breakerWas.get();
    if (breaker == null || was == null) {
      return null;
    }
    CircuitBreaker.State now = breaker.getState();
    return now != was && breakerWas.compareAndSet(was, now) ? new BreakerChange(was, now) : null;
  }

  private void count(boolean broken, long nanos) {
    if (breaker == null) {
      return;
    }
    if (broken) {
      breaker.onError(nanos, TimeUnit.NANOSECONDS, endpointFailed);
    } else {
      breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** An attempt wasn't sent after all, or its caller gave it up: it says nothing of the endpoint. */
  public void notSent(long nowNanos) {
    slots.ended(Pacing.seconds(nowNanos));
    if (breaker != null) {
      breaker.releasePermission();
    }
  }

  /** What the breaker is told, which would else build an exception with a stack trace for each failure. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private Broken() {
      super("the endpoint failed", null, false, false);
    }
  }
}
