package dev.ossresilience.examples.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.examples.Ran;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.VirtualTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BulkCommandTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyUploadIsStoredThroughFaultsAndTheLimit(int seed) {
    Ran ran = inVirtualTime(false, "--uploads", "100", "--limit", "40", "--fault-rate", "0.1", "--seed", String.valueOf(seed));
    assertStored(ran, 100);
    assertThat(ran.number("faults")).isPositive();
  }

  /** Time stands still until something waits: the upload after the limit's is refused. */
  @Test
  void refusalsForTheLimitAreRepeated() {
    Ran ran = inVirtualTime(false, "--uploads", "100", "--limit", "40", "--fault-rate", "0");
    assertStored(ran, 100);
    assertThat(ran.number("throttled")).isPositive().isEqualTo(ran.number("repeated"));
  }

  @Test
  void withoutTroubleEachUploadIsOneRequest() {
    Ran ran = inVirtualTime(false, "--uploads", "50", "--fault-rate", "0", "--limit", "1000");
    assertThat(ran.out()).contains("50 stored, 0 failed").contains("50 requests, 0 of them repeated, after 0 faults and 0 refusals");
    assertThat(ran.number("repeated")).isZero();
  }

  @Test
  void theBarGrowsToItsEndOnATerminalOnly() {
    assertThat(inVirtualTime(true, "--uploads", "40", "--limit", "1000").out()).contains("\r[").contains("[" + "#".repeat(24) + "] 100.0 % 40 stored");
    assertThat(inVirtualTime(false, "--uploads", "40", "--limit", "1000").out()).doesNotContain("\r");
  }

  @ParameterizedTest
  @CsvSource({
    "--uploads,0,--uploads 0 must be between 1 and 10000",
    "--in-flight,501,--in-flight 501 must be between 1 and 500",
    "--limit,9,--limit 9 must be between 10 and 100000",
    "--fault-rate,0.31,--fault-rate 0.31 must be between 0 and 0.3",
    "--uploads,many,Invalid value for option '--uploads'"
  })
  void badUsageIsOneClearLine(String option, String value, String says) {
    VirtualTime time = new VirtualTime();
    Ran ran = Ran.on(new Machine(Map.of(), time, time, false), "bulk", option, value);
    assertThat(ran.err()).contains(says).hasLineCount(1);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  private static void assertStored(Ran ran, int uploads) {
    assertThat(ran.status()).as(ran.toString()).isZero();
    assertThat(ran.number("stored")).isEqualTo(uploads);
    assertThat(ran.number("same")).isEqualTo(uploads);
    assertThat(ran.result("verified")).isEqualTo("true");
  }

  private static Ran inVirtualTime(boolean terminal, String... options) {
    VirtualTime time = new VirtualTime();
    return Ran.alone(new BulkCommand(new Machine(Map.of(), time, time, terminal), new VirtualScheduler(time)), options);
  }
}
