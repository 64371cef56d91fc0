package dev.ossresilience.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.error.ThrottleScope;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the defaults do to the server when everybody uses them; the numbers are those of docs/load-control.md. */
class LoadControlTest {
  private static final Policy DEFAULTS = Policy.core("defaults", builder -> builder);

  @ParameterizedTest
  @ValueSource(ints = {10, 200, 1000})
  void anOutageCostsLessThanWithTheBestSimplePolicyHoweverManyClientsThereAre(int clients) {
    Scenario scenario = Scenario.builder().clients(clients).build();
    Outcome ours = Fleet.run(scenario, DEFAULTS);
    for (Policy simple : new Policy[] {Baselines.noRetry(), Baselines.aws2026(), Baselines.tenPercentBudget(), Baselines.localAimd()}) {
      Outcome theirs = Fleet.run(scenario, simple);
      assertThat(ours.successRate()).as("than %s", simple.name()).isGreaterThan(theirs.successRate() + 0.05);
      assertThat(ours.recovery()).as("than %s", simple.name()).isNotNull().isLessThanOrEqualTo(theirs.recovery());
    }
    assertThat(ours.maxAmplification()).isLessThanOrEqualTo(1.5);
    assertThat(ours.fairness()).isGreaterThan(0.95);
    System.out.printf(
        "%d clients: success %.1f %%, attempts per call %.2f, at most %.2f in a second, recovery %s%n",
        clients, 100 * ours.successRate(), ours.amplification(), ours.maxAmplification(), ours.recovery());
  }

  /** Every append that an outage leaves in doubt is asked about: questions are paced as well. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 200, 1000})
  void anOutageThatLeavesAppendsInDoubtCostsNoMore(int clients) {
    Scenario scenario = Scenario.builder().traffic(Traffic.append("logs", "app.log", 64 * 1024)).clients(clients).build();
    Outcome ours = Fleet.run(scenario, DEFAULTS);
    Outcome noRetry = Fleet.run(scenario, Baselines.noRetry());
    System.out.printf(
        "%d clients append: success %.1f %%, without retries %.1f %%, requests per call %.2f, at most %.2f in a second, recovery %s%n",
        clients, 100 * ours.successRate(), 100 * noRetry.successRate(), ours.amplification(), ours.maxAmplification(), ours.recovery());
    assertThat(ours.successRate()).isGreaterThan(noRetry.successRate() + 0.05);
    assertThat(ours.maxAmplification()).isLessThanOrEqualTo(1.5);
    assertThat(ours.recovery()).isNotNull().isLessThanOrEqualTo(Duration.ofSeconds(8));
  }

  /** None of these was looked at when the constants were chosen. */
  @ParameterizedTest
  @ValueSource(longs = {201, 202, 203, 204, 205})
  void inNoSecondOfAnOutageIsMuchMoreSentThanCallersWant(long seed) {
    for (int clients : new int[] {10, 200, 1000}) {
      Outcome ours = Fleet.run(Scenario.builder().clients(clients).seed(seed).build(), DEFAULTS);
      assertThat(ours.maxAmplification()).as("%d clients", clients).isLessThanOrEqualTo(1.5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 50, 200})
  void whoStartsInAnOutageIsHeldBackNoLongerThanItLasts(int clients) {
    Scenario scenario = Scenario.steady().clients(clients).server(1000, 300).outage(Duration.ZERO, Duration.ofSeconds(8), 0).build();
    Outcome ours = Fleet.run(scenario, DEFAULTS);
    Outcome noRetry = Fleet.run(scenario, Baselines.noRetry());
    System.out.printf(
        "%d clients start in an outage: success %.1f %%, without retries %.1f %%, recovery %s%n",
        clients, 100 * ours.successRate(), 100 * noRetry.successRate(), ours.recovery());
    assertThat(ours.successRate()).isGreaterThan(noRetry.successRate() + 0.03);
    assertThat(ours.recovery()).isNotNull().isLessThanOrEqualTo(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 200})
  void whatPiledUpUnderALimitGoesOutAfterItWasLiftedAndNotAllAtOnce(int clients) {
    Scenario scenario = Scenario.steady().clients(clients).duration(Duration.ofMinutes(2))
        .limit(Duration.ofSeconds(10), Limit.requests(400)).limit(Duration.ofSeconds(40), Limit.requests(1_000_000)).build();
    Outcome ours = Fleet.run(scenario, DEFAULTS);
    Outcome noRetry = Fleet.run(scenario, Baselines.noRetry());
    System.out.printf(
        "%d clients, a limit for 30 s: success %.1f %%, without retries %.1f %%, at most %.2f in a second, recovery %s%n",
        clients, 100 * ours.successRate(), 100 * noRetry.successRate(), ours.maxAmplification(), ours.recovery());
    assertThat(ours.successRate()).isGreaterThan(noRetry.successRate());
    assertThat(ours.maxAmplification()).isLessThan(1.6);
    assertThat(ours.recovery()).isNotNull().isLessThanOrEqualTo(Duration.ofSeconds(30));
  }

  /** Each calls so seldom that it can't tell an outage from bad luck, and all of them repeat that once or twice. */
  @Test
  void tenThousandClientsThatCallSeldomComeBackToo() {
    Scenario scenario = Scenario.builder().clients(10_000).duration(Duration.ofMinutes(2)).build();
    Outcome ours = Fleet.run(scenario, DEFAULTS);
    System.out.printf("10000 clients: success %.1f %% in two minutes, recovery %s%n", 100 * ours.successRate(), ours.recovery());
    assertThat(ours.recovery()).isNotNull().isLessThan(Duration.ofMinutes(1));
    assertThat(Fleet.run(scenario, Baselines.aws2026()).recovery()).as("a number per client is no bound for many").isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 200})
  void aHardLimitIsUsedUpWithFewRefusals(int clients) {
    int limit = 500;
    Scenario scenario =
        Scenario.steady().clients(clients).load(800).server(2000, 3000).limit(Limit.requests(limit)).duration(Duration.ofMinutes(2)).build();
    Outcome outcome = Fleet.run(scenario, DEFAULTS);
    double used = secondHalf(outcome, Measure.GOODPUT) / limit;
    double refused = secondHalf(outcome, Measure.THROTTLED) / secondHalf(outcome, Measure.SENT);
    System.out.printf("%d clients: %.1f %% of the limit used, %.2f %% refused, fairness %.3f%n", clients, 100 * used, 100 * refused, outcome.fairness());
    assertThat(used).isGreaterThan(0.9);
    assertThat(refused).isLessThan(0.05);
    assertThat(outcome.fairness()).isGreaterThan(0.95);
  }

  /** Per second, after the pace was found. */
  private static double secondHalf(Outcome outcome, Measure measure) {
    long[] series = outcome.series(measure);
    return Arrays.stream(series, series.length / 2, series.length - 2).average().orElseThrow();
  }

  @Test
  void theAccountsLimitIsTheOneThatIsUsed() {
    Scenario scenario = Scenario.steady().clients(20).load(800).server(2000, 3000).limit(Limit.requests(500)).build();
    assertThat(Fleet.run(scenario, DEFAULTS).utilisation(ThrottleScope.TOTAL)).isGreaterThan(0.85);
  }
}
