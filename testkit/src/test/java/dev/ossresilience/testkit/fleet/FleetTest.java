package dev.ossresilience.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.RetryPolicy;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FleetTest {
  private static final Policy CORE = Policy.core("core", builder -> builder);
  private static final Policy CORE_WITHOUT_LOAD_CONTROL =
      Policy.core(
          "core without load control", builder -> builder.retryBudget(RetryBudget.unlimited()).pacing(false).withoutCircuitBreaker());
  private static final Policy CORE_ONCE =
      Policy.core("core, no retry", builder -> builder.policy(RetryPolicy.builder().maxAttempts(1).build()).pacing(false).withoutCircuitBreaker());

  /** The usual trouble with a fifth of everything, for what would take long with errors by the hundred thousand. */
  private static Scenario.Builder small() {
    return Scenario.builder().load(160).server(200, 300);
  }

  static List<Policy> policies() {
    return List.of(
        CORE,
        CORE_ONCE,
        Baselines.noRetry(),
        Baselines.fixedDelay(),
        Baselines.fullJitter(),
        Baselines.sdkV1(),
        Baselines.sdkV2(),
        Baselines.tenPercentBudget(),
        Baselines.aws2026(),
        Baselines.localAimd());
  }

  @Test
  void theSeedDecidesEverything() {
    Outcome first = Fleet.run(small().seed(7).build(), CORE);
    Outcome again = Fleet.run(small().seed(7).build(), CORE);
    Outcome other = Fleet.run(small().seed(8).build(), CORE);
    for (Measure measure : Measure.values()) {
      assertThat(again.series(measure)).as("%s", measure).isEqualTo(first.series(measure));
    }
    assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(again).hasToString(first.toString());
    assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyCallEndsAndEveryRequestIsAccountedFor(Policy policy) {
    Outcome outcome = Fleet.run(small().build(), policy);
    assertThat(outcome.total(Measure.GOODPUT) + outcome.total(Measure.FAILED)).isEqualTo(outcome.total(Measure.OFFERED));
    assertThat(outcome.total(Measure.ARRIVED)).isEqualTo(outcome.total(Measure.SENT));
    long ends =
        outcome.total(Measure.ANSWERED) + outcome.total(Measure.THROTTLED)
            + outcome.total(Measure.UNAVAILABLE) + outcome.total(Measure.TIMED_OUT);
    assertThat(ends).isEqualTo(outcome.total(Measure.SENT));
    assertThat(outcome.total(Measure.ANSWERED)).isEqualTo(outcome.total(Measure.GOODPUT));
    long clients = 0;
    for (int i = 0; i < 200; i++) {
      clients += outcome.goodput(i);
    }
    assertThat(clients).isEqualTo(outcome.total(Measure.GOODPUT));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void thereIsNothingToDoWithoutTrouble(Policy policy) {
    Outcome outcome = Fleet.run(Scenario.steady().load(160).server(200, 300).build(), policy);
    assertThat(outcome.successRate()).isGreaterThan(0.999);
    assertThat(outcome.amplification()).isEqualTo(1);
    assertThat(outcome.recovery()).isEqualTo(Duration.ZERO);
    assertThat(outcome.fairness()).isGreaterThan(0.99);
  }

  @Test
  void withoutRetriesTheOutageIsLostAndTheTimeInWhichTheQueueIsLongerThanClientsWait() {
    Scenario scenario = Scenario.builder().build();
    double queueThatAnswersInTime = scenario.capacity() * (scenario.timeout().toMillis() - 2 * scenario.latency().toMillis()) / 1000;
    double shrinking = (scenario.queue() - queueThatAnswersInTime) / (scenario.capacity() - scenario.load());
    double expected = 1 - (10 + shrinking) / scenario.duration().toSeconds();
    assertThat(expected).isCloseTo(0.79, within(0.005));
    Outcome outcome = Fleet.run(scenario, Baselines.noRetry());
    assertThat(outcome.successRate()).isCloseTo(expected, within(0.01));
    assertThat(outcome.recovery()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
    assertThat(outcome.maxAmplification()).isEqualTo(1);
  }

  @Test
  void theCoreThatMayNotRetryDoesWhatNoCoreDoes() {
    Outcome without = Fleet.run(small().build(), Baselines.noRetry());
    Outcome with = Fleet.run(small().build(), CORE_ONCE);
    assertThat(with.fingerprint()).isEqualTo(without.fingerprint());
  }

  @ParameterizedTest
  @MethodSource("unbounded")
  void retriesWithoutABudgetKeepTheServerDownForEver(Policy policy) {
    Outcome outcome = Fleet.run(small().build(), policy);
    assertThat(outcome.successRate()).as("what was done before the outage").isCloseTo(10 / 60.0, within(0.02));
    assertThat(outcome.recovery()).isNull();
    assertThat(Arrays.stream(outcome.series(Measure.GOODPUT)).skip(50).sum()).isZero();
    long late = Arrays.stream(outcome.series(Measure.WASTED)).skip(50).sum() + Arrays.stream(outcome.series(Measure.SERVED)).skip(50).sum();
    assertThat(late).as("the server works as much as it can, for nobody").isGreaterThan(10 * 200 * 8 / 10);
    assertThat(outcome.maxAmplification()).isGreaterThan(4);
  }

  static List<Policy> unbounded() {
    return List.of(Baselines.fullJitter(), CORE_WITHOUT_LOAD_CONTROL);
  }

  @Test
  void aBudgetPerClientProtectsNoLongerWhenThereAreManyClients() {
    double few = Fleet.run(Scenario.builder().clients(10).build(), Baselines.aws2026()).successRate();
    double many = Fleet.run(Scenario.builder().clients(1000).build(), Baselines.aws2026()).successRate();
    assertThat(few).isGreaterThan(0.75);
    assertThat(many).isLessThan(0.55);
  }

  @Test
  void anOutcomeDoesNotKeepItsFleet() throws InterruptedException {
    List<WeakReference<Baseline>> clients = new ArrayList<>();
    Policy policy = Policy.baseline("one try", () -> {
      Baseline client = new OneTry();
      clients.add(new WeakReference<>(client));
      return client;
    });
    Outcome outcome = Fleet.run(small().build(), policy);
    for (int i = 0; i < 100 && clients.stream().anyMatch(client -> client.get() != null); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(clients).hasSize(200).allSatisfy(client -> assertThat(client.get()).isNull());
    assertThat(outcome.total(Measure.OFFERED)).isPositive();
  }

  private static final class OneTry implements Baseline {
    @Override
    public long afterFailure(int attempts, Failure failure, long now, SplittableRandom random) {
      return GIVE_UP;
    }
  }

  @Test
  void tellsItsSpeed() {
    Scenario scenario = Scenario.steady().build();
    Fleet.run(scenario, CORE);
    long start = System.nanoTime();
    Outcome outcome = Fleet.run(scenario, CORE);
    double seconds = (System.nanoTime() - start) / 1e9;
    double times = scenario.duration().toSeconds() / seconds;
    System.out.printf("fleet: %.0f times real time, %.0f client seconds per second; %s%n", times, times * scenario.clients(), outcome);
    assertThat(outcome.total(Measure.OFFERED)).isPositive();
  }
}
