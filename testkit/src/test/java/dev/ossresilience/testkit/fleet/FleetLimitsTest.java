package dev.ossresilience.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ossresilience.error.ThrottleScope;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit lets one second's worth pass at once and then so much per second. */
class FleetLimitsTest {
  private static final Traffic PUT = Traffic.put("logs", "hot/1", 1000);
  private static final Traffic GET = Traffic.get("logs", "cold/1", 1000);

  /** 20 s with 400 calls/s at even intervals. */
  private static Scenario.Builder scene(Traffic... traffic) {
    return Scenario.steady().clients(20).load(400).duration(Duration.ofSeconds(20)).regular().traffic(traffic);
  }

  private static Outcome run(Scenario.Builder scene) {
    return Fleet.run(scene.build(), Baselines.noRetry());
  }

  @Test
  void aLimitOfRequestsThrottlesExactlyTheExcess() {
    Outcome outcome = run(scene(PUT, GET).limit(Limit.requests(300)));
    long granted = outcome.granted(ThrottleScope.TOTAL);
    assertThat(granted).as("but for the first and last milliseconds").isCloseTo(300 * 21, within(10L));
    assertThat(outcome.total(Measure.ANSWERED)).isEqualTo(granted);
    assertThat(outcome.total(Measure.THROTTLED)).isEqualTo(outcome.total(Measure.OFFERED) - granted);
    assertThat(Arrays.stream(outcome.series(Measure.GOODPUT)).skip(5)).allSatisfy(good -> assertThat(good).isBetween(298L, 302L));
  }

  @Test
  void aLimitThatIsNotReachedThrottlesNobody() {
    assertThat(run(scene(PUT).limit(Limit.requestsOrSlowDown(420))).total(Measure.THROTTLED)).isZero();
  }

  @Test
  void aLimitCanChange() {
    Outcome outcome = run(scene(PUT).limit(Limit.requests(100)).limit(Duration.ofSeconds(10), Limit.requests(200)));
    long[] good = outcome.series(Measure.GOODPUT);
    assertThat(good[9]).isBetween(98L, 102L);
    assertThat(good[15]).isBetween(198L, 202L);
    assertThat(outcome.utilisation(ThrottleScope.TOTAL))
        .as("3,000 in all, and the first second's worth")
        .isCloseTo(1 + 100 / 3000.0, within(0.02));
  }

  @Test
  void recoveryIsCountedFromWhenALimitIsLifted() {
    Outcome outcome = run(scene(PUT).limit(Limit.requests(100)).limit(Duration.ofSeconds(10), Limit.requests(1000)));
    assertThat(outcome.recovery()).isEqualTo(Duration.ZERO);
  }

  @Test
  void aLimitOfMetaOperationsLetsObjectsThrough() {
    Outcome outcome = run(scene(PUT, Traffic.list("logs")).limit(Limit.metaRequests(50)));
    assertThat(outcome.granted(ThrottleScope.META)).isCloseTo(50 * 21, within(20L));
    assertThat(outcome.total(Measure.THROTTLED)).isCloseTo(400 * 20 / 2 - 50 * 21, within(250L));
  }

  @Test
  void aLimitOfAPartitionLetsOtherKeysThrough() {
    Outcome outcome = run(scene(PUT, GET.weighing(3)).limit(Limit.partition("logs", "hot/", 50)));
    assertThat(outcome.granted(ThrottleScope.PARTITION)).isCloseTo(50 * 21, within(20L));
    assertThat(outcome.total(Measure.THROTTLED)).isCloseTo(400 * 20 / 4 - 50 * 21, within(250L));
  }

  @Test
  void aHardLimitOfBytesRefuses() {
    Outcome outcome = run(scene(PUT).limit(Limit.uploadBytes(300_000)));
    assertThat(outcome.granted(ThrottleScope.UPLOAD)).isCloseTo(300_000 * 21, within(10_000L));
    assertThat(outcome.total(Measure.THROTTLED)).isEqualTo(outcome.total(Measure.OFFERED) - outcome.granted(ThrottleScope.UPLOAD) / 1000);
  }

  @Test
  void aSoftLimitOfBytesAnswersLater() {
    Outcome outcome = run(scene(GET).timeout(Duration.ofMinutes(1)).limit(Limit.downloadBytes(300_000).slowingDown()));
    assertThat(outcome.total(Measure.THROTTLED)).isZero();
    assertThat(outcome.total(Measure.GOODPUT)).isEqualTo(outcome.total(Measure.OFFERED));
    assertThat(outcome.latency(1)).as("the last of 8,000 has to wait until 300 of them per second are paid for")
        .isBetween(Duration.ofMillis(5500), Duration.ofMillis(5900));
    assertThat(Arrays.stream(outcome.series(Measure.GOODPUT)).skip(10)).allSatisfy(good -> assertThat(good).isBetween(297L, 303L));
  }

  @Test
  void aSlowedDownAnswerSaysSo() {
    assertThat(Answer.SUCCESS.slowedDown(17).header("X-Oss-Qos-Delay-Time")).isEqualTo("17");
    assertThat(Answer.SUCCESS.header("x-oss-qos-delay-time")).isNull();
  }

  @Test
  void aLimitOfConcurrencyRefusesWhatWouldHaveWaited() {
    Outcome outcome = run(scene(PUT).server(200, 1000).limit(Limit.active(50)));
    assertThat(outcome.total(Measure.THROTTLED)).isPositive();
    assertThat(outcome.latency(1)).as("50 places at 200/s, and refusals between").isLessThan(Duration.ofMillis(300));
    assertThat(outcome.total(Measure.ANSWERED)).as("refusals cost a twentieth").isCloseTo(190 * 20, within(50L));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void refusalsTakeFromWhatTheServerCanDo(double cost) {
    Outcome outcome = run(scene(PUT).server(200, 100).refusalCost(cost));
    double refused = outcome.total(Measure.UNAVAILABLE);
    long worked = outcome.total(Measure.SERVED) + outcome.total(Measure.WASTED);
    assertThat(worked).isCloseTo((long) (200 * 20 - cost * refused) + 100, within(120L));
  }

  @Test
  void aLimitThatAnswers429EndsCallsOfClientsThatDoNotKnowIt() {
    Scenario scenario = scene(PUT).limit(Limit.requestsOr429(300)).build();
    assertThat(Fleet.run(scenario, Baselines.sdkV1()).amplification()).isEqualTo(1);
    assertThat(Fleet.run(scenario, Baselines.sdkV2()).amplification()).isGreaterThan(1.3);
  }

  @Test
  void aServerThatStandsStillGoesOnWhereItWas() {
    Outcome outcome = run(scene(PUT).load(100).timeout(Duration.ofMinutes(1)).outage(Duration.ofSeconds(5), Duration.ofSeconds(5), 0));
    long[] good = outcome.series(Measure.GOODPUT);
    assertThat(Arrays.stream(good).skip(5).limit(5).sum()).isLessThan(3);
    assertThat(outcome.total(Measure.GOODPUT)).isEqualTo(outcome.total(Measure.OFFERED));
  }

  @Test
  void onlyBytesCanBeSlowedDown() {
    assertThatThrownBy(() -> Limit.requests(5).slowingDown()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("TOTAL");
  }
}
