package dev.ossresilience.exchange;

import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.policy.Attempts;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryAfter;
import dev.ossresilience.policy.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Question 4 for one exchange: is there room for another attempt, and when? */
final class Room {
  private final ExchangeSettings settings;
  private final RetryPolicy policy;
  private final LoadControl load;

  /** Null until an attempt is to follow the first. */
  private @Nullable Attempts attempts;

  private long startNanos;
  private int failures;
  private Duration lastBackoff = Duration.ZERO;
  private int lastCost;

  /** Whether that is for an attempt that hasn't been sent. */
  private boolean owed;

  Room(ExchangeSettings settings, RetryPolicy policy) {
    this.settings = settings;
    this.policy = policy;
    this.load = settings.load();
  }

  /** Lets the time that there is begin now. */
  void begin(long nowNanos) {
    startNanos = nowNanos;
    load.budget().began();
  }

  long startNanos() {
    return startNanos;
  }

  RetryPolicy policy() {
    return policy;
  }

  /**
   * How long to wait after one more failure.
   *
   * @param response which may say so too; null if there was none
   * @param took how long it was until the failure
   */
  Duration backoff(boolean throttled, @Nullable ResponseHead response, Duration took) {
    failures++;
    Backoff backoff = throttled ? policy.throttledBackoff() : policy.transientBackoff();
    lastBackoff = backoff.delay(failures, lastBackoff, settings.random());
    Duration delay = longer(lastBackoff, backoff.spread(took, settings.random()));
    if (response == null || !RetryAfter.isIn(response)) {
      return delay;
    }
    Duration hint = RetryAfter.of(response);
    if (hint == null) {
      load.absurdHint();
    }
    return policy.hinted(delay, hint);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** A delay from another backoff than the policy's. */
  Duration draw(Backoff backoff, int failure) {
    return backoff.delay(failure, Duration.ZERO, settings.random());
  }

  /** Whether something may begin after {@code delay}: nothing does at or past the total deadline. */
  boolean allows(Duration delay) {
    return allows(delay, settings.time().nanoTime());
  }

  /** The same at a time that is known already. */
  boolean allows(Duration delay, long nowNanos) {
    return nowNanos - startNanos + delay.toNanos() < policy.totalTimeout().toNanos();
  }

  /** How long ago the exchange began. */
  Duration elapsed() {
    return Duration.ofNanos(settings.time().nanoTime() - startNanos);
  }

  /** How long it is until the total deadline, never negative. */
  Duration left() {
    return left(settings.time().nanoTime());
  }

  /** The same at a time that is known already. */
  Duration left(long nowNanos) {
    return Duration.ofNanos(Math.max(0, policy.totalTimeout().toNanos() - (nowNanos - startNanos)));
  }

  /** Whether another attempt may be made after {@code delay}; if so, it is counted. */
  boolean allowsAttempt(Duration delay) {
    if (!allows(delay)) {
      return false;
    }
    if (attempts == null) {
      attempts = (isCountedWithAll() ? settings.counter() : Attempts.counter(policy)).many();
    }
    return attempts.another(delay);
  }

  /** Whether the counter that all calls share is for as many attempts as this one may make. */
  private boolean isCountedWithAll() {
    return policy.maxAttempts() == settings.policy().maxAttempts();
  }

  /** Pays for another attempt after a failure; false if all calls together have used up what they may repeat. */
  boolean pays(boolean throttled) {
    int cost = load.budget().take(throttled);
    if (cost < 0) {
      load.exhausted();
      return false;
    }
    lastCost = cost;
    owed = true;
    return true;
  }

  /** What was paid for goes out. */
  void sent() {
    owed = false;
  }

  void succeeded() {
    load.budget().succeeded(lastCost);
  }

  void end() {
    if (owed) {
      load.budget().unused(lastCost);
    }
    if (attempts != null) {
      attempts.end();
    } else if (isCountedWithAll()) {
      settings.counter().one();
    }
  }
}
