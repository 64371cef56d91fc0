package dev.ossresilience.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.OssResilience;
import dev.ossresilience.http.ResponseHead;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  @ParameterizedTest
  @CsvSource({"1,50", "2,100", "3,200", "4,400", "5,800", "6,1600", "7,3200", "8,6400", "9,12800", "10,20000", "11,20000", "100000,20000"})
  void backoffDoublesUpToItsCap(int failure, long millis) {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(50), Duration.ofSeconds(20));
    assertThat(backoff.delay(failure, Duration.ZERO, () -> 1.0)).isEqualTo(Duration.ofMillis(millis));
    assertThat(backoff.delay(failure, Duration.ZERO, () -> 0.0)).isZero();
  }

  @Test
  void fullJitterIsUniform() {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(50), Duration.ofSeconds(20));
    SplittableRandom random = new SplittableRandom(42);
    int[] seconds = new int[20];
    for (int i = 0; i < 10_000; i++) {
      seconds[(int) backoff.delay(10, Duration.ZERO, random::nextDouble).toSeconds()]++;
    }
    assertThat(Arrays.stream(seconds).boxed()).allSatisfy(count -> assertThat(count).isBetween(400, 600));
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, 1, 0, 0, 500", "EQUAL, 1, 0, 1, 1000", "EQUAL, 3, 0, 1, 4000", "NONE, 3, 0, 0, 4000", "DECORRELATED, 1, 0, 1, 1000",
    "DECORRELATED, 2, 1000, 1, 3000", "DECORRELATED, 2, 1000, 0, 1000", "DECORRELATED, 9, 20000, 1, 10000", "FULL, 3, 0, 0.5, 2000"
  })
  void jitterSpreadsADelay(Backoff.Jitter jitter, int failure, long previous, double random, long millis) {
    Backoff backoff = Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(10)).withJitter(jitter);
    assertThat(backoff.delay(failure, Duration.ofMillis(previous), () -> random)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void aFixedDelayIsAlwaysTheSameAndNoneIsNone() {
    assertThat(Backoff.fixed(Duration.ofSeconds(3)).delay(7, Duration.ZERO, () -> 0.1)).isEqualTo(Duration.ofSeconds(3));
    assertThat(Backoff.none().delay(7, Duration.ZERO, () -> 0.1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "' 120 ',120", "86400,86400"})
  void retryAfterIsInSeconds(String text, long seconds) {
    assertThat(RetryAfter.of(head(text, null))).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "86401", "99999999999", "1.5", "0,120", "soon", "", "Thu, 01 Jan 1970 00:00:00 GMT", "Wed, 21 Oct 2099 07:28:00 GMT"})
  void anAbsurdHintIsNone(String text) {
    assertThat(RetryAfter.of(head(text, "Wed, 21 Oct 2026 07:28:00 GMT"))).isNull();
  }

  @Test
  void aDateIsReadByTheServersOwnClock() {
    assertThat(RetryAfter.of(head("Wed, 21 Oct 2026 07:28:05 GMT", "Wed, 21 Oct 2026 07:28:00 GMT"))).isEqualTo(Duration.ofSeconds(5));
    assertThat(RetryAfter.of(head("Wed, 21 Oct 2026 07:28:05 GMT", null))).as("without a clock it means nothing").isNull();
    assertThat(RetryAfter.of(head(null, null))).isNull();
  }

  private static ResponseHead head(@Nullable String retryAfter, @Nullable String date) {
    return new ResponseHead() {
      @Override
      public int status() {
        return 503;
      }

      @Override
      public @Nullable String header(String name) {
        return name.equals("Retry-After") ? retryAfter : name.equals("Date") ? date : null;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"50,1500,1500", "50,0,50", "50,10000,5050", "50,,50"})
  void aHintIsFollowedWithinBounds(long backoff, @Nullable Long hint, long millis) {
    Duration hinted = hint == null ? null : Duration.ofMillis(hint);
    assertThat(RetryPolicy.aws2026().hinted(Duration.ofMillis(backoff), hinted)).isEqualTo(Duration.ofMillis(millis));
    assertThat(RetryPolicy.defaults().hinted(Duration.ofSeconds(1), Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aCallCanHaveSettingsOfItsOwn() {
    RetryPolicy policy = OssCallOptions.none().withDeadline(Duration.ofSeconds(3)).withMaxAttempts(2).applyTo(RetryPolicy.defaults());
    assertThat(policy.totalTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(policy.maxAttempts()).isEqualTo(2);
    assertThat(OssCallOptions.none().applyTo(policy)).isSameAs(policy);
    assertThatThrownBy(() -> OssCallOptions.with(Duration.ZERO, null, null, null)).hasMessageContaining("totalTimeout PT0S");
  }

  @Test
  void anEndpointIsRequired() {
    assertThatThrownBy(() -> OssResilience.builder().build()).hasMessageContaining("endpoint");
  }

  @Test
  void aFailureThatTookLongIsRepeatedAfterARandomPartOfThreeTimesAsLong() {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(50), Duration.ofSeconds(20));
    assertThat(backoff.spread(Duration.ofMillis(400), () -> 0.5)).isEqualTo(Duration.ofMillis(600));
    assertThat(backoff.spread(Duration.ofMinutes(1), () -> 0.5)).as("three seconds at most").isEqualTo(Duration.ofMillis(1500));
    assertThat(backoff.spread(Duration.ofMinutes(1), () -> 0)).isZero();
    assertThat(Backoff.exponential(Duration.ofMillis(1), Duration.ofMillis(10)).spread(Duration.ofMinutes(1), () -> 0.5))
        .as("no more than the cap")
        .isEqualTo(Duration.ofMillis(5));
    assertThat(Backoff.none().spread(Duration.ofMinutes(1), () -> 0.5)).isZero();
    assertThat(Backoff.fixed(Duration.ofSeconds(1)).spread(Duration.ofMinutes(1), () -> 0.5)).isZero();
  }
}
