package dev.ossresilience.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssResilience;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  @ParameterizedTest
  @CsvSource({"1,50", "2,100", "3,200", "4,400", "5,800", "6,1600", "7,3200", "8,6400", "9,12800", "10,20000", "11,20000", "100000,20000"})
  void backoffDoublesUpToItsCap(int failure, long millis) {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(50), Duration.ofSeconds(20));
    assertThat(backoff.delay(failure, () -> 1.0)).isEqualTo(Duration.ofMillis(millis));
    assertThat(backoff.delay(failure, () -> 0.0)).isZero();
  }

  @Test
  void settingsOutOfRangeAreNamedWithTheirValue() {
    assertThatThrownBy(() -> RetryPolicy.builder().maxAttempts(0).build()).hasMessageContaining("maxAttempts 0");
    assertThatThrownBy(() -> RetryPolicy.builder().totalTimeout(Duration.ZERO).build()).hasMessageContaining("totalTimeout PT0S");
    assertThatThrownBy(() -> Backoff.exponential(Duration.ZERO, Duration.ofSeconds(1))).hasMessageContaining("base PT0S");
    assertThatThrownBy(() -> Backoff.exponential(Duration.ofSeconds(2), Duration.ofSeconds(1))).hasMessageContaining("cap PT1S");
    assertThatThrownBy(() -> AppendPolicy.followEnd().withMaxVerifyBytes(-1)).hasMessageContaining("maxVerifyBytes -1");
    assertThatThrownBy(() -> OssResilience.builder().build()).hasMessageContaining("endpoint");
  }
}
