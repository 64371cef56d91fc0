package dev.ossresilience.testkit.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test over a socket would need gigabytes for. */
class TokenBucketTest {
  private static final long LARGEST_BODY = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE + 5}) // the origin of nanoTime is anywhere
  void aDebtOnlyGrows(long now) {
    TokenBucket bucket = new TokenBucket(1, now);
    long owed = 0;
    for (int i = 0; i < 10; i++) {
      bucket.take(LARGEST_BODY, now);
      assertThat(bucket.debtNanos(now)).isGreaterThanOrEqualTo(owed);
      assertThat(bucket.has(1, now)).isFalse();
      owed = bucket.debtNanos(now);
    }
    assertThat(owed).as("one body's at least").isGreaterThanOrEqualTo((LARGEST_BODY - 1) * 1_000_000_000);
  }
}
