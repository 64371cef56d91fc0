package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that others have published for the same algorithms. */
class PublishedTablesTest {
  private static final Duration CAP = Duration.ofSeconds(20);

  /** One call under the token rules: each step is answered with a status, and told what followed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | 3 | 20    | 500 500 200         | R486@50 R472@100 S486",
        "500 | 3 | 20    | 502 502 502         | R486@50 R472@100 MAX472",
        "14  | 3 | 20    | 500 500             | R0@50 QUOTA0",
        "0   | 3 | 20    | 500                 | QUOTA0",
        "500 | 5 | 20    | 500 500 500 500 500 | R486@50 R472@100 R458@200 R444@400 MAX444",
        "500 | 5 | 0.2   | 500 500 500 500 500 | R486@50 R472@100 R458@200 R444@200 MAX444",
        "500 | 3 | 20    | 503 200             | R495@1000 S500",
        "500 | 3 | 20    | 500/1500 200        | R486@1500 S500",
        "500 | 3 | 20    | 500/0 200           | R486@50 S500",
        "500 | 3 | 20    | 500/10000 200       | R486@5050 S500",
        "500 | 3 | 20    | 500/invalid 200     | R486@50 S500",
        "500 | 3 | 20    | 500/-100 200        | R486@50 S500",
      })
  void tokensAsTheAwsStandardModeOf2026(int tokens, int maxAttempts, double capSeconds, String statuses, String expected) {
    TokenBudget budget = (TokenBudget) RetryBudget.aws2026();
    assertThat(tokens == 500 || budget.spend(500 - tokens)).isTrue();
    Duration cap = Duration.ofNanos((long) (capSeconds * 1e9));
    List<String> steps = new ArrayList<>();
    int cost = 0;
    int attempt = 0;
    for (StringTokenizer words = new StringTokenizer(statuses); words.hasMoreTokens(); ) {
      String[] answer = words.nextToken().split("/", -1);
      String status = answer[0];
      attempt++;
      boolean throttled = status.equals("503");
      if (status.equals("200")) {
        budget.succeeded(cost);
        steps.add("S" + budget.left());
      } else if (attempt == maxAttempts) {
        steps.add("MAX" + budget.left());
      } else {
        cost = budget.take(throttled);
        Backoff backoff = Backoff.exponential(Duration.ofMillis(throttled ? 1000 : 50), cap);
        Duration delay = RetryPolicy.aws2026().hinted(backoff.delay(attempt, Duration.ZERO, () -> 1), answer.length > 1 ? millis(answer[1]) : null);
        steps.add(cost < 0 ? "QUOTA" + budget.left() : "R" + budget.left() + "@" + delay.toMillis());
      }
    }
    assertThat(String.join(" ", steps)).isEqualTo(expected.trim());
  }

  /** The hint as the table has it; what makes no sense is none, as of {@code Retry-After}. */
  private static Duration millis(String hint) {
    return hint.matches("[0-9]+") ? Duration.ofMillis(Long.parseLong(hint)) : null;
  }

  /** F a failure that is to be followed by another attempt, X one that isn't for other reasons, S a success; what is left after all that. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 | 0.1   | F            | yes | 9.0",
        "10 | 0.1   | FFFF         | yes | 6.0",
        "10 | 0.1   | FFFFF        | no  | 5.0",
        "10 | 0.1   | XXXXF        | no  | 5.0",
        "10 | 0.1   | FFFFFFFFFFFF | no  | 0.0",
        "10 | 0.1   | FFFFFSSSSSSSSSSF          | no  | 5.0",
        "10 | 0.1   | FFFFFSSSSSSSSSSSSSSSSSSSSF | yes | 6.0",
        "10 | 0.1   | FFFFFSSSSSSSSSSS          | -   | 6.1",
        "10 | 0.1   | S            | -   | 10.0",
        "10 | 0.5   | FFS          | -   | 8.5",
        "10 | 0.29  | FFS          | -   | 8.29",
        "10 | 0.0019| FFS          | -   | 8.001",
        "3  | 1     | F            | yes | 2.0",
        "3  | 1     | FF           | no  | 1.0",
        "1  | 1     | F            | no  | 0.0",
      })
  void tokensAsGrpcThrottlesRetries(int maxTokens, double ratio, String calls, String lastMayRepeat, String left) {
    RetryBudget budget = RetryBudget.grpc(maxTokens, ratio);
    String may = "-";
    for (char call : calls.trim().toCharArray()) {
      may = "-";
      switch (call) {
        case 'F' -> may = budget.take(false) >= 0 ? "yes" : "no";
        case 'X' -> budget.failed(false);
        default -> budget.succeeded(0);
      }
    }
    assertThat(may).isEqualTo(lastMayRepeat);
    assertThat(budget).hasToString("grpc[" + left + " of " + maxTokens + "]");
  }

  /** Each delay is waited for; the first failure came after two seconds. */
  @Test
  void delaysWithinATotalAsJavaStorageHasThem() {
    Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(57), Backoff.Jitter.NONE);
    Duration total = Duration.ofMinutes(7);
    Duration elapsed = Duration.ofSeconds(2);
    List<String> delays = new ArrayList<>();
    for (int failure = 1; failure <= 13; failure++) {
      Duration delay = backoff.delayWithin(total, elapsed, failure, Duration.ZERO, () -> 1);
      delays.add(delay == null ? "EXHAUSTED" : Long.toString(delay.toSeconds()));
      elapsed = delay == null ? elapsed : elapsed.plus(delay);
    }
    assertThat(String.join(" ", delays)).isEqualTo("2 4 8 16 32 57 57 57 57 57 57 14 EXHAUSTED");
    assertThat(backoff.delayWithin(total, total.plusSeconds(5), 1, Duration.ZERO, () -> 1)).isNull();
    assertThatThrownBy(() -> backoff.delayWithin(total, Duration.ofSeconds(-1), 1, Duration.ZERO, () -> 1)).hasMessageContaining("elapsed PT-1S");
  }

  @Test
  void backoffIsCappedAndDoesNotOverflow() {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(50), CAP);
    assertThat(backoff.delay(Integer.MAX_VALUE, Duration.ZERO, () -> 1)).isEqualTo(CAP);
    assertThat(Backoff.exponential(Duration.ofNanos(1), Duration.ofDays(1)).delay(1000, Duration.ZERO, () -> 1)).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 7.0", "6, 9.64893600966", "7, 10.000030849917364", "8, 10.453284520772092", "9, 13.408697022224185", "10, 21.26626835427364", "11, 36.425998516920465"
  })
  void theCubicRateAfterSuccesses(double time, double rate) {
    CubicRate cubic = new CubicRate(0.7, 0.4);
    cubic.refusedAt(5, 10);
    assertThat(cubic.at(time)).isCloseTo(rate, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theCubicRateIsNeverNegative(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CubicRate cubic = new CubicRate(0.7, 0.4);
    double now = 0;
    double rate = 10;
    for (int i = 0; i < 1000; i++) {
      cubic.refusedAt(now, rate);
      assertThat(cubic.at(now)).as("seed %d", seed).isCloseTo(cubic.afterRefusal(), within(1e-6)).isPositive();
      now += random.nextDouble() * 5;
      rate = cubic.at(now);
      assertThat(rate).as("seed %d", seed).isPositive();
    }
  }

  @Test
  void theCubicRateWithRefusalsInBetween() {
    CubicRate cubic = new CubicRate(0.7, 0.4);
    cubic.refusedAt(5, 10);
    double rate = cubic.at(5);
    assertThat(rate).isCloseTo(7.0, within(1e-6));
    rate = cubic.at(6);
    assertThat(rate).isCloseTo(9.64893600966, within(1e-6));
    cubic.refusedAt(7, rate);
    rate = cubic.afterRefusal();
    assertThat(rate).isCloseTo(6.754255206761999, within(1e-6));
    cubic.refusedAt(8, rate);
    assertThat(cubic.afterRefusal()).isCloseTo(4.727978644733399, within(1e-6));
    double[] expected = {6.606547753887045, 6.763279816944947, 7.598174833907107, 11.511232804773524};
    for (int i = 0; i < expected.length; i++) {
      assertThat(cubic.at(9 + i)).isCloseTo(expected[i], within(1e-6));
    }
  }
}
