package dev.ossresilience.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings out of their range are refused where they are made, with the setting's name, the value and what would be right. */
class BadSettingsTest {
  private static final Duration OVERFLOWING = Duration.ofSeconds(Long.MAX_VALUE);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Arguments bad(ThrowingCallable made, String... named) {
    return Arguments.of(made, named);
  }

  private static RetryPolicy.Builder policy() {
    return RetryPolicy.builder();
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        bad(() -> policy().maxAttempts(0).build(), "maxAttempts 0", "between 1", "1000"),
        bad(() -> policy().maxAttempts(-1).build(), "maxAttempts -1", "between 1", "1000"),
        bad(() -> policy().maxAttempts(1001).build(), "maxAttempts 1001", "between 1", "1000"),
        bad(() -> policy().totalTimeout(Duration.ZERO).build(), "totalTimeout PT0S", "positive", "one day"),
        bad(() -> policy().totalTimeout(SECOND.negated()).build(), "totalTimeout PT-1S", "positive", "one day"),
        bad(() -> policy().totalTimeout(OVERFLOWING).build(), "totalTimeout " + OVERFLOWING, "positive", "one day"),
        bad(() -> policy().maxHint(SECOND.negated()).build(), "maxHint PT-1S", "between zero", "one day"),
        bad(() -> policy().maxHint(OVERFLOWING).build(), "maxHint " + OVERFLOWING, "between zero", "one day"),
        bad(() -> policy().transientBackoff(null).build(), "transientBackoff"),
        bad(() -> policy().throttledBackoff(null).build(), "throttledBackoff"),
        bad(() -> Backoff.exponential(Duration.ZERO, SECOND), "base PT0S", "positive"),
        bad(() -> Backoff.exponential(SECOND.negated(), SECOND), "base PT-1S", "positive"),
        bad(() -> Backoff.exponential(Duration.ofSeconds(2), SECOND), "cap PT1S", "base PT2S", "one day"),
        bad(() -> Backoff.exponential(SECOND, OVERFLOWING), "cap " + OVERFLOWING, "base PT1S", "one day"),
        bad(() -> Backoff.fixed(OVERFLOWING), "cap " + OVERFLOWING, "one day"),
        bad(() -> Backoff.fixed(null), "base"),
        bad(() -> RetryBudget.ratio(0, 4), "ratio 0.0", "more than 0", "at most 1"),
        bad(() -> RetryBudget.ratio(-0.1, 4), "ratio -0.1", "more than 0", "at most 1"),
        bad(() -> RetryBudget.ratio(1.1, 4), "ratio 1.1", "more than 0", "at most 1"),
        bad(() -> RetryBudget.ratio(Double.NaN, 4), "ratio NaN", "more than 0", "at most 1"),
        bad(() -> RetryBudget.ratio(0.1, 0), "reserve 0", "between 1 and 10000"),
        bad(() -> RetryBudget.tokens(0, 1, 1), "capacity 0", "between 1 and 1000000"),
        bad(() -> RetryBudget.tokens(Integer.MAX_VALUE, 1, 1), "capacity 2147483647", "between 1 and 1000000"),
        bad(() -> RetryBudget.tokens(10, 0, 1), "cost 0", "between 1 and 10"),
        bad(() -> RetryBudget.tokens(10, 11, 1), "cost 11", "between 1 and 10"),
        bad(() -> RetryBudget.tokens(10, 1, -5), "throttledCost -5", "between 1 and 10"),
        bad(() -> RetryBudget.grpc(0, 0.1), "maxTokens 0", "between 1 and 1000"),
        bad(() -> RetryBudget.grpc(1001, 0.1), "maxTokens 1001", "between 1 and 1000"),
        bad(() -> RetryBudget.grpc(10, 0), "ratio 0.0", "between 0.001 and 1000"),
        bad(() -> RetryBudget.grpc(10, Double.NaN), "ratio NaN", "between 0.001 and 1000"),
        bad(() -> new AppendPolicy(true, -1, 0), "maxMoves -1", "not be negative"),
        bad(() -> AppendPolicy.followEnd().withMaxVerifyBytes(-1), "maxVerifyBytes -1", "not be negative"),
        bad(() -> OssCallOptions.none().withDeadline(Duration.ZERO), "totalTimeout PT0S", "positive", "one day"),
        bad(() -> OssCallOptions.none().withDeadline(SECOND.negated()), "totalTimeout PT-1S", "positive", "one day"),
        bad(() -> OssCallOptions.none().withDeadline(OVERFLOWING), "totalTimeout " + OVERFLOWING, "positive", "one day"),
        bad(() -> OssCallOptions.none().withMaxAttempts(0), "maxAttempts 0", "between 1", "1000"),
        bad(() -> OssCallOptions.with(null, 1001, null, null), "maxAttempts 1001", "between 1", "1000"),
        bad(() -> OssResilience.builder().retryBudget(null), "budget"),
        bad(() -> OssResilience.builder().circuitBreakers(null), "registry"),
        bad(() -> OssResilience.builder().retries(null), "registry"),
        bad(() -> OssResilience.builder().policy(null), "policy"),
        bad(() -> OssResilience.builder().bufferOneShotBodiesUpTo(-1), "bytes", "from 0", "-1"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void areRefusedByName(ThrowingCallable made, String[] named) {
    assertThatThrownBy(made).isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class).hasMessageContainingAll(named);
  }
}
