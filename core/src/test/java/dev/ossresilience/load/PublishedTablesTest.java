package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ossresilience.policy.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      })
  void tokensAsTheAwsStandardModeOf2026(int tokens, int maxAttempts, double capSeconds, String statuses, String expected) {
    TokenBudget budget = (TokenBudget) RetryBudget.aws2026();
    assertThat(tokens == 500 || budget.spend(500 - tokens)).isTrue();
    Duration cap = Duration.ofNanos((long) (capSeconds * 1e9));
    List<String> steps = new ArrayList<>();
    int cost = 0;
    int attempt = 0;
    for (StringTokenizer words = new StringTokenizer(statuses); words.hasMoreTokens(); ) {
      String status = words.nextToken();
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
        steps.add(cost < 0 ? "QUOTA" + budget.left() : "R" + budget.left() + "@" + backoff.delay(attempt, Duration.ZERO, () -> 1).toMillis());
      }
    }
    assertThat(String.join(" ", steps)).isEqualTo(expected.trim());
  }

  @Test
  void backoffIsCappedAndDoesNotOverflow() {
    Backoff backoff = Backoff.exponential(Duration.ofMillis(50), CAP);
    assertThat(backoff.delay(Integer.MAX_VALUE, Duration.ZERO, () -> 1)).isEqualTo(CAP);
    assertThat(Backoff.exponential(Duration.ofNanos(1), Duration.ofDays(1)).delay(1000, Duration.ZERO, () -> 1)).isEqualTo(Duration.ofDays(1));
    Backoff storage = Backoff.exponential(Duration.ofSeconds(2), Duration.ofSeconds(57));
    for (int[] row : new int[][] {{1, 2}, {2, 4}, {3, 8}, {4, 16}, {5, 32}, {6, 57}, {7, 57}}) {
      assertThat(storage.delay(row[0], Duration.ZERO, () -> 1)).isEqualTo(Duration.ofSeconds(row[1]));
    }
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
