package dev.ossresilience.examples.skewed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.examples.Ran;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.SimulatedOss;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkewedCommandTest {
  private final VirtualTime time = new VirtualTime();

  @ParameterizedTest
  @CsvSource({"1h,1h ahead,1h behind,-1h", "-1h,1h behind,1h ahead,1h", "PT90M,1h30m ahead,1h30m behind,-1h30m", "-8760h,8760h behind,8760h ahead,8760h"})
  void theFirstCallIsCorrectedAndTheOthersAreRightAtFirst(String skew, String laptop, String learned, String offset) {
    Ran ran = run("--skew", skew);
    assertThat(ran.status()).as(ran.toString()).isZero();
    assertThat(ran.out()).contains("This laptop's is " + laptop + ".").contains("the server's clock is " + learned + ". Later calls:");
    assertThat(ran.out()).contains("attempt |#").contains("| 200  <clock_skew>").contains("notes/5.txt -> SUCCESS at attempt 1");
    assertThat(ran.number("attempts")).isEqualTo(6);
    assertThat(ran.result("offset")).isEqualTo(offset);
    assertThat(ran.result("verified")).isEqualTo("true");
  }

  @Test
  void aPlainClientIsRefusedEachTime() {
    assertThat(run().out().lines().filter(line -> line.endsWith("-> 403 RequestTimeTooSkewed"))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"0s,right", "14m,14m ahead", "-14m,14m behind"})
  void whatOssToleratesIsNoTrouble(String skew, String laptop) {
    Ran ran = run("--skew", skew);
    assertThat(ran.out()).contains("This laptop's is " + laptop + ".").contains("It had nothing to learn").contains("/notes/plain.txt -> 200").doesNotContain("-> 403");
    assertThat(ran.number("attempts")).isEqualTo(5);
    assertThat(ran.status()).isZero();
  }

  @Test
  void thePartToBeCopiedSavesWhatItIsGiven() throws IOException {
    try (OssSimulator server = SimulatedOss.start(time)) {
      OssResilience oss =
          OssResilience.builder()
              .endpoint(OssEndpoint.of(server.endpoint()))
              .signer(OssSigner.v4(SimulatedOss.REGION, CredentialsProvider.of(SimulatedOss.CREDENTIALS)))
              .time(new Skew(Duration.ofHours(-3)).clockOf(time), time)
              .build();
      try (Notes notes = new Notes(oss, SimulatedOss.BUCKET)) {
        notes.save("a note", "remember");
        assertThat(notes.read("a note")).isEqualTo("remember");
      }
      assertThat(server.bytesOf(SimulatedOss.BUCKET, "a note")).asString().isEqualTo("remember");
      assertThat(server.requests()).extracting(ReceivedRequest::status).containsExactly(403, 200, 200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--skew,soon,is not a length of time such as 1h",
    "--skew,8761h,--skew 8761h must be between -8760h and 8760h",
    "--skew,-8761h,--skew -8761h must be between",
    "--clock,1h,Unknown option"
  })
  void badUsageIsOneClearLine(String option, String value, String says) {
    Ran ran = run(option, value);
    assertThat(ran.err()).contains(says).hasLineCount(1);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void theHelpTellsTheExitStatus() {
    Ran ran = run("--help");
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).contains("--skew=TIME").contains("Exit status: 0 all notes are saved");
  }

  private Ran run(String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "skewed";
    System.arraycopy(options, 0, args, 1, options.length);
    return Ran.on(new Machine(Map.of(), time, time, false), args);
  }
}
