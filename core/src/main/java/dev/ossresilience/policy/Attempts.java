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

  /** What all calls under one policy are counted by. Thread-safe. */
  public static final class Counter {
    private final Retry retry;

    /** Never told of a failure, and so good for the end of any call that had none. */
    private final Retry.AsyncContext<Duration> first;

    private Counter(Retry retry) {
      this.retry = retry;
      this.first = retry.asyncContext();
    }

    /** Counts a call that was over with its first attempt. */
    public void one() {
      first.onComplete();
    }

    /** Starts to count a call that may have more of them. */
    public Attempts many() {
      return new Attempts(retry.asyncContext());
    }
  }

  /** The counter of calls under {@code policy}; create one and share it. */
  public static Counter counter(RetryPolicy policy) {
    return new Counter(Retry.of("oss", config(policy)));
  }

  /** The same in a registry of the user's, where it shows up on his dashboards. */
  public static Counter counter(RetryPolicy policy, RetryRegistry registry, String name) {
    return new Counter(registry.retry(name, config(policy)));
  }

  private static RetryConfig config(RetryPolicy policy) {
    return RetryConfig.<Duration>custom()
        .maxAttempts(policy.maxAttempts())
        .retryOnResult(delay -> true)
        .intervalBiFunction((attempt, delay) -> delay.get().toMillis())
        .build();
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
