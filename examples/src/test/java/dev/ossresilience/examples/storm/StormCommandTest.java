package dev.ossresilience.examples.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.examples.Ran;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StormCommandTest {
  /** In real time, which decides nothing here: what was told to be stored must be, however much that is. */
  @Test
  void whatClientsWereToldToBeStoredIs() {
    Machine machine = new Machine(Map.of(), TimeSource.system(), Waiter.system(), false);
    Ran ran = Ran.on(machine, "storm", "--seconds", "1", "--clients", "2", "--uploads", "4", "--limit", "20");
    assertThat(ran.status()).as(ran.toString()).isZero();
    assertThat(ran.number("stored")).isPositive();
    assertThat(ran.number("missing")).isZero();
    assertThat(ran.out()).contains("2 clients with 4 uploads each").contains("| 20/s is the limit").contains("\n  naive ").contains("\n  paced ").doesNotContain("\u001b");
    assertThat(ran.out().lines().filter(line -> line.matches(" {3}1 +\\d+ +\\d+  .*\\|.*"))).as("a line for each manner's only second").hasSize(2);
  }

  @Test
  void theChartShowsWhatIsStoredAndRefusedAgainstTheLimit() {
    assertThat(row(false, new Count(100, 0))).isEqualTo("   3     100       0  ###############|\n");
    assertThat(row(false, new Count(50, 0))).isEqualTo("   3      50       0  ########       |\n");
    assertThat(row(false, new Count(100, 100))).isEqualTo("   3     100     100  ###############|xxxxxxxxxxxxxx\n");
    assertThat(row(false, new Count(100, 9_000))).isEqualTo("   3     100    9000  ###############|" + "x".repeat(29) + ">\n");
    assertThat(row(true, new Count(100, 0))).startsWith("\r   3").contains("\u001b[0;32m###############\u001b[0;1m|").endsWith("\u001b[0m\u001b[K\n");
  }

  @Test
  void theScoreIsInProportionToWhatIsAllowed() {
    Score score = new Score(Manner.NAIVE, List.of(30, 60), 45, 7, 0, 100);
    assertThat(score.row()).matches("  naive +90 +90 % +7 +45 +0\\.50  30 and 60");
  }

  @ParameterizedTest
  @CsvSource({
    "--seconds,0,--seconds 0 must be between 1 and 300",
    "--clients,51,--clients 51 must be between 1 and 50",
    "--uploads,0,--uploads 0 must be between 1 and 50",
    "--limit,9,--limit 9 must be between 10 and 2000",
    "--seconds,long,Invalid value for option '--seconds'"
  })
  void badUsageIsOneClearLine(String option, String value, String says) {
    Ran ran = Ran.on(new Machine(Map.of(), TimeSource.system(), Waiter.system(), false), "storm", option, value);
    assertThat(ran.err()).contains(says).hasLineCount(1);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  private static String row(boolean terminal, Count count) {
    StringWriter out = new StringWriter();
    new Chart(new PrintWriter(out, true), terminal, 100).add(3, count);
    return out.toString();
  }
}
