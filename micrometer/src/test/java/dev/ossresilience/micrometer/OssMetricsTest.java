package dev.ossresilience.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssResilience;
import dev.ossresilience.testkit.fault.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a scrape of Prometheus says of calls that went well, badly and unknown. */
class OssMetricsTest extends OverSimulator {
  @Test
  void callsAreTimedByOperationAndOutcome() {
    assertThat(put()).isEqualTo("200");
    assertThat(put(Fault.internalError())).isEqualTo("200");
    assertThat(put(Fault.internalError(), Fault.internalError())).isEqualTo("500");
    assertThat(value("oss_client_calls_seconds_count{operation=\"PutObject\",outcome=\"success\"}")).isEqualTo(1);
    assertThat(value("oss_client_calls_seconds_count{operation=\"PutObject\",outcome=\"recovered\"}")).isEqualTo(1);
    assertThat(value("oss_client_calls_seconds_count{operation=\"PutObject\",outcome=\"error_response\"}")).isEqualTo(1);
    assertThat(value("oss_client_attempts_count")).isEqualTo(3);
    assertThat(value("oss_client_attempts_sum")).isEqualTo(5);
    assertThat(value("oss_client_attempts_bucket{le=\"1.0\"}")).isEqualTo(1);
  }

  @Test
  void repetitionsAndWaitsAreCountedByReason() {
    put(Fault.drop());
    put(Fault.internalError());
    assertThat(value("oss_client_retries_total{reason=\"server_error\"}")).isEqualTo(1);
    assertThat(value("oss_client_retries_total{reason=\"transport_failure\"}")).isEqualTo(1);
    assertThat(value("oss_client_backoff_seconds_count{reason=\"server_error\"}")).isEqualTo(1);
    assertThat(value("oss_client_backoff_seconds_count{reason=\"transport_failure\"}")).isEqualTo(1);
  }

  @Test
  void whatOkHttpRepeatsByItselfIsCountedToo() {
    put();
    put(Fault.drop()); // on a connection that was there before
    assertThat(value("oss_client_attempts_sum")).isEqualTo(3);
    assertThat(value("oss_client_retries_total{reason=\"transport_failure\"}")).isEqualTo(1);
  }

  @Test
  void aPaceIsShownForItsScopeWhileThereIsOne() {
    String total = "oss_client_throttle_rate{endpoint=\"127.0.0.1\",scope=\"total\"}";
    assertThat(value(total)).isNaN();
    put(Fault.throttled("TotalQpsLimitExceeded"));
    assertThat(value(total)).isPositive();
    assertThat(value("oss_client_throttle_rate{endpoint=\"127.0.0.1\",scope=\"upload\"}")).isNaN();
  }

  @Test
  void aCorrectedClockIsShownInSeconds() {
    String skew = "oss_client_clock_skew_seconds{endpoint=\"127.0.0.1\"}";
    assertThat(value(skew)).isZero();
    server.clockOffset(Duration.ofHours(1));
    assertThat(put()).isEqualTo("200");
    assertThat(value(skew)).isBetween(3590.0, 3610.0);
    assertThat(value("oss_client_retries_total{reason=\"clock_skew\"}")).isEqualTo(1);
  }

  /** A program that replaces its client, and one with two accounts. */
  @Test
  void ofSeveralClientsOfAnEndpointTheWorstIsShown() {
    String skew = "oss_client_clock_skew_seconds{endpoint=\"127.0.0.1\"}";
    OssResilience before = metrics.watch(OssResilience.builder().endpoint(oss.endpoint()).time(time, time).build());
    server.clockOffset(Duration.ofHours(-1));
    put();
    assertThat(value(skew)).isBetween(-3610.0, -3590.0);
    assertThat(before.clockOffset()).isZero();
    OssMetrics.bindTo(registry).watch(before); // other metrics in the same registry
    assertThat(value(skew)).isZero();
  }

  @Test
  void whatOssHeldBackIsTimed() {
    put(Fault.slowed(80));
    assertThat(value("oss_client_qos_delay_seconds_sum")).isEqualTo(0.08);
  }

  @Test
  void theBudgetRunsLowAndWhatItStopsIsCounted() {
    String budget = "oss_client_retry_budget{endpoint=\"127.0.0.1\"}";
    double before = value(budget);
    put(Fault.internalError());
    assertThat(value(budget)).isLessThan(before);
    assertThat(value("oss_client_stops_total{reason=\"budget_exhausted\"}")).isZero();
    for (int i = 0; i < 10; i++) {
      put(Fault.internalError(), Fault.internalError());
    }
    assertThat(value("oss_client_stops_total{reason=\"budget_exhausted\"}")).isPositive();
  }

  @Test
  void anAmbiguousOutcomeIsCountedFromZeroOn() {
    assertThat(value("oss_client_ambiguous_total")).isZero();
    assertThat(appendInDoubt()).isEqualTo("AmbiguousAppendException");
    assertThat(value("oss_client_ambiguous_total")).isEqualTo(1);
    assertThat(value("oss_client_calls_seconds_count{operation=\"AppendObject\",outcome=\"ambiguous\"}")).isEqualTo(1);
  }

  @Test
  void noMetricNamesABucketAKeyOrACredential() {
    everything();
    assertThat(registry.scrape()).contains("PutObject").doesNotContain("CANARY").doesNotContain("logs").doesNotContain("\"ak\"").doesNotContain("REQUEST");
  }
}
