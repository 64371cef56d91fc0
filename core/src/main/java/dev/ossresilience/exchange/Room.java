package dev.ossresilience.exchange;

import dev.ossresilience.policy.Attempts;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import java.time.Duration;

/** Question 4 for one exchange: is there room for another attempt, and when? */
final class Room {
  private final ExchangeSettings settings;
  private final Attempts attempts;
  private long startNanos;
  private int failures;

  Room(ExchangeSettings settings) {
    this.settings = settings;
    this.attempts = Attempts.of(settings.counter());
    begin();
  }

  /** Lets the time that there is begin now. */
  void begin() {
    startNanos = settings.time().nanoTime();
  }

  long startNanos() {
    return startNanos;
  }

  /** How long to wait after one more failure. */
  Duration backoff(boolean throttled) {
    RetryPolicy policy = settings.policy();
    return draw(throttled ? policy.throttledBackoff() : policy.transientBackoff(), ++failures);
  }

  /** A delay from another backoff than the policy's. */
  Duration draw(Backoff backoff, int failure) {
    return backoff.delay(failure, settings.random());
  }

  /** Whether something may begin after {@code delay}: nothing does at or past the total deadline. */
  boolean allows(Duration delay) {
    return settings.time().nanoTime() - startNanos + delay.toNanos() < settings.policy().totalTimeout().toNanos();
  }

  /** How long ago the exchange began. */
  Duration elapsed() {
    return Duration.ofNanos(settings.time().nanoTime() - startNanos);
  }

  /** How long it is until the total deadline, never negative. */
  Duration left() {
    long left = settings.policy().totalTimeout().toNanos() - (settings.time().nanoTime() - startNanos);
    return Duration.ofNanos(Math.max(0, left));
  }

  /** Whether another attempt may be made after {@code delay}; if so, it is counted. */
  boolean allowsAttempt(Duration delay) {
    return allows(delay) && attempts.another(delay);
  }

  void end() {
    attempts.end();
  }
}
