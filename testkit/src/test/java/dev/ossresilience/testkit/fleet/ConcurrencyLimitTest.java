package dev.ossresilience.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit on how many requests of the account may be under way, met by the defaults. */
class ConcurrencyLimitTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void theServerIsUsedUpWithFewRefusals(int clients) {
    int capacity = 500;
    Scenario scenario =
        Scenario.steady().clients(clients).load(800).server(capacity, 1000).limit(Limit.active(50)).duration(Duration.ofMinutes(2)).build();
    Outcome outcome = Fleet.run(scenario, Policy.core("defaults", builder -> builder));
    double used = secondHalf(outcome, Measure.GOODPUT) / capacity;
    double refused = secondHalf(outcome, Measure.THROTTLED) / secondHalf(outcome, Measure.SENT);
    System.out.printf("at most 50 at a time, %d clients: %.1f %% used, %.2f %% refused, fairness %.2f%n", clients, 100 * used, 100 * refused, outcome.fairness());
    assertThat(used).isGreaterThan(0.9);
    assertThat(refused).isLessThan(0.05);
  }

  private static double secondHalf(Outcome outcome, Measure measure) {
    long[] series = outcome.series(measure);
    return Arrays.stream(series, series.length / 2, series.length - 2).average().orElseThrow();
  }
}
