package dev.ossresilience.benchmarks.overhead;

import dev.ossresilience.error.ThrottleScope;
import dev.ossresilience.load.Breakers;
import dev.ossresilience.load.LoadControl;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.load.Traffic;
import dev.ossresilience.load.Turn;
import dev.ossresilience.time.TimeSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** What each attempt costs by what all calls share, alone and when two threads want it at the same time. */
@State(Scope.Benchmark)
public class LoadControlBenchmark {
  private final RetryBudget budget = RetryBudget.ratio(0.1, 4);
  private final CircuitBreaker breaker = Breakers.in(CircuitBreakerRegistry.ofDefaults(), "oss", TimeSource.system());
  private final Traffic traffic = new Traffic(ThrottleScope.DOWNLOAD, 0, false, Oss.BUCKET, Oss.KEY);
  private final LoadControl calm = new LoadControl(RetryBudget.unlimited(), true, null, System.nanoTime());
  private final LoadControl paced = paced();
  private final LoadControl all = Oss.defaults().load();

  /** One that has seen a refusal, at a pace that nobody has to wait for. */
  private LoadControl paced() {
    LoadControl control = new LoadControl(RetryBudget.unlimited(), true, null, System.nanoTime());
    long start = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < 1000; i++) {
      long now = start + i * 1_000_000L;
      control.admits(traffic, Objects.requireNonNull(control.turn(traffic, now, Duration.ofDays(1))), true, now);
    }
    control.answered(traffic, true, ThrottleScope.DOWNLOAD, false, 0, start, System.nanoTime());
    return control;
  }

  /** The budget that bounds repetitions. */
  @Benchmark
  public void budget() {
    budget.began();
    budget.succeeded(0);
  }

  /** The same by two threads. */
  @Benchmark
  @Threads(2)
  public void budgetContended() {
    budget();
  }

  /** The circuit breaker: a permit and a success. */
  @Benchmark
  public void breaker() {
    if (breaker.tryAcquirePermission()) {
      breaker.onSuccess(1_000_000, TimeUnit.NANOSECONDS);
    }
  }

  /** The same by two threads. */
  @Benchmark
  @Threads(2)
  public void breakerContended() {
    breaker();
  }

  /** The pacer where nothing is paced: it counts. */
  @Benchmark
  public Turn pacerIdle() {
    return pass(calm);
  }

  /** The same by two threads. */
  @Benchmark
  @Threads(2)
  public Turn pacerIdleContended() {
    return pass(calm);
  }

  /** The pacer where downloads are paced: takes a place and is told how it went. */
  @Benchmark
  public Turn pacerActive() {
    return pass(paced);
  }

  /** The same by two threads. */
  @Benchmark
  @Threads(2)
  public Turn pacerActiveContended() {
    return pass(paced);
  }

  /** All together, as a call meets them by default. */
  @Benchmark
  public Turn all() {
    all.budget().began();
    Turn turn = pass(all);
    all.budget().succeeded(0);
    return turn;
  }

  /** The same by two threads. */
  @Benchmark
  @Threads(2)
  public Turn allContended() {
    return all();
  }

  private Turn pass(LoadControl control) {
    long now = System.nanoTime();
    Turn turn = Objects.requireNonNull(control.turn(traffic, now, Duration.ofDays(1)));
    control.admits(traffic, turn, true, now);
    control.answered(traffic, false, ThrottleScope.DOWNLOAD, false, 5, now, now + 1_000_000);
    return turn;
  }
}
