package dev.ossresilience.policy;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;

/**
 * Counts the attempts of one call. Resilience4j does the counting; the delay is ours, and its own sleeping path is
 * never entered.
 */
public final class Attempts {
  private final Retry.AsyncContext<Duration> context;

  private Attempts(Retry.AsyncContext<Duration> context) {
    this.context = context;
  }

  /** The retry that calls under {@code policy} are counted by; create one and share it. */
  public static Retry counter(RetryPolicy policy) {
    return Retry.of("oss", config(policy));
  }

  /** The same in a registry of the user's, where it shows up on his dashboards. */
  public static Retry counter(RetryPolicy policy, RetryRegistry registry, String name) {
    return registry.retry(name, config(policy));
  }

  private static RetryConfig config(RetryPolicy policy) {
    return RetryConfig.<Duration>custom()
        .maxAttempts(policy.maxAttempts())
        .retryOnResult(delay -> true)
        .intervalBiFunction((attempt, delay) -> delay.get().toMillis())
        .build();
  }

  /** Starts to count one call. */
  public static Attempts of(Retry counter) {
    return new Attempts(counter.asyncContext());
  }

  /** Counts a call that was over with its first attempt. */
  public static void one(Retry counter) {
    counter.asyncContext().onComplete();
  }

  /** Counts a failed attempt that is to be followed by another after {@code delay}; false if there may be no other. */
  public boolean another(Duration delay) {
    return context.onResult(delay) >= 0;
  }

  /** Counts the end of the call. */
  public void end() {
    context.onComplete();
  }
}
