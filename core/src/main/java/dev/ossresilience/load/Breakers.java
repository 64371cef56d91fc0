package dev.ossresilience.load;

import dev.ossresilience.time.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Makes the circuit breaker of an endpoint. */
public final class Breakers {
  /** Long enough to tell an outage from bad luck, short enough to notice it before callers pile up. */
  private static final int WINDOW_SECONDS = 10;

  /** Fewer say nothing: a quiet client is not to be cut off by two failures. */
  private static final int MINIMUM_CALLS = 20;

  /** A server at a twentieth of its capacity fails 95 in 100; one that loses every other request is better than none. */
  private static final float FAILURE_PERCENT = 80;

  private static final Duration OPEN = Duration.ofSeconds(2);
  private static final int PROBES = 3;

  private Breakers() {}

  /** The defaults, by the clock of {@code time}. */
  public static CircuitBreakerConfig defaults(TimeSource time) {
    return CircuitBreakerConfig.custom()
        .slidingWindow(WINDOW_SECONDS, MINIMUM_CALLS, CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
        .failureRateThreshold(FAILURE_PERCENT)
        .waitDurationInOpenState(OPEN)
        .permittedNumberOfCallsInHalfOpenState(PROBES)
        .maxWaitDurationInHalfOpenState(Duration.ofSeconds(WINDOW_SECONDS)) // so that a permit that is never returned doesn't hold it there
        .clock(new Monotonic(time))
        .currentTimestampFunction(clock -> time.nanoTime(), TimeUnit.NANOSECONDS)
        .build();
  }

  /**
   * The endpoint's breaker in a registry: made with the registry's configuration {@code oss} if there is one, else with {@link #defaults}.
   *
   * @param name for dashboards
   */
  public static CircuitBreaker in(CircuitBreakerRegistry registry, String name, TimeSource time) {
    return registry.circuitBreaker(name, registry.getConfiguration("oss").orElseGet(() -> defaults(time)));
  }

  /** A clock that never jumps; only differences mean anything. */
  private static final class Monotonic extends Clock {
    private final TimeSource time;

    Monotonic(TimeSource time) {
      this.time = time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(0, time.nanoTime());
    }
  }
}
