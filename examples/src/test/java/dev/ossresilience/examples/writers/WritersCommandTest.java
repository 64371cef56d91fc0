package dev.ossresilience.examples.writers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.examples.Ran;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.testkit.VirtualTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritersCommandTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyRecordOfEveryWriterIsThereOnceAndInOrder(int seed) {
    Ran ran = run(false, "--writers", "3", "--records", "20", "--seed", String.valueOf(seed), "--fault-rate", "0.3");
    assertThat(ran.status()).as(ran.toString()).isZero();
    assertThat(ran.number("records")).isEqualTo(60);
    assertThat(ran.number("faults")).isPositive();
    assertThat(ran.out()).contains("  A: 20 records stored").contains("  C: 20 records stored").endsWith("missing=0 doubled=0 strangers=0 disordered=0 verified=true\n");
  }

  @Test
  void oneWriterAloneNeedsNoMoreThanItsAppends() {
    Ran ran = run(false, "--writers", "1", "--records", "5", "--fault-rate", "0");
    assertThat(ran.out()).contains("A: 5 records stored in 5 attempts; 0 times another writer was there first, 0 times OSS was asked");
    assertThat(ran.out()).contains("\n  " + "A".repeat(76) + "\n");
    assertThat(ran.status()).isZero();
  }

  @Test
  void onATerminalEachWriterHasAColour() {
    assertThat(run(true, "--writers", "2", "--records", "5").out()).contains("\u001b[30;41mA").contains("\u001b[30;42mB");
    assertThat(run(false, "--writers", "2", "--records", "5").out()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource({
    "--writers,0,--writers 0 must be between 1 and 26",
    "--writers,27,--writers 27 must be",
    "--records,0,--records 0 must be between 1 and 1000",
    "--fault-rate,0.6,--fault-rate 0.6 must be between 0 and 0.5",
    "--fault-rate,NaN,--fault-rate NaN must be",
    "--seed,x,Invalid value for option '--seed'"
  })
  void badUsageIsOneClearLine(String option, String value, String says) {
    Ran ran = run(false, option, value);
    assertThat(ran.err()).contains(says).hasLineCount(1);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  private static Ran run(boolean terminal, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "writers";
    System.arraycopy(options, 0, args, 1, options.length);
    VirtualTime time = new VirtualTime();
    return Ran.on(new Machine(Map.of(), time, time, terminal), args);
  }
}
