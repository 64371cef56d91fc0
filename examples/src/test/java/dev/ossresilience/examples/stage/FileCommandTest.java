package dev.ossresilience.examples.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command does that uploads a file and downloads it again. */
public abstract class FileCommandTest {
  /** More than a buffer, and of no round length. */
  private static final int SIZE = 300_001;

  private final String command;
  protected final VirtualTime time = new VirtualTime();
  protected OssSimulator server;
  protected Path file;
  @TempDir private Path dir;

  protected FileCommandTest(String command) {
    this.command = command;
  }

  @BeforeEach
  void begin() throws IOException {
    server = Played.realOss(time);
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    file = Files.write(dir.resolve("photo.jpg"), bytes);
  }

  @AfterEach
  void end() {
    server.close();
  }

  protected Played againstServer(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = file.toString();
    all[1] = "--key";
    all[2] = "photos/1 ü.jpg";
    System.arraycopy(more, 0, all, 3, more.length);
    return Played.against(server, time, command, all);
  }

  private byte[] stored() {
    return server.bytesOf("logs", "photos/1 ü.jpg");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everySeedBringsTheFileBackThroughTwoFaultsEachWay(int seed) {
    Played played = Played.with(command, "--seed", String.valueOf(seed));
    assertThat(played.status()).as(played.out() + played.err()).isZero();
    assertThat(played.out()).containsPattern("SAME: all \\d+ bytes came back").contains("PutObject of demo-logs/" + command + "/demo.log -> SUCCESS (recovered)");
    assertThat(played.faults()).hasSize(2).allSatisfy(faults -> assertThat(faults).hasSize(2).doesNotHaveDuplicates());
    assertThat(played.err()).isEmpty();
  }

  @Test
  void theSameSeedMeetsTheSameFaults() {
    assertThat(Played.with(command, "--seed", "7").faults()).isEqualTo(Played.with(command, "--seed", "7").faults()).isNotEqualTo(Played.with(command, "--seed", "8").faults());
  }

  @Test
  void withoutFaultsEachCallIsOneRequest() {
    Played played = Played.with(command, "--faults", "0");
    assertThat(played.status()).isZero();
    assertThat(played.out()).contains("sent: answered with 200").doesNotContain("sent again").doesNotContain("recovered");
    assertThat(played.faults()).allSatisfy(faults -> assertThat(faults).containsExactly("none"));
  }

  @Test
  void theFileIsStoredByteForByteAtAnEndpointOfOnesOwn() throws IOException {
    server.faults().next(Fault.applyThenDrop(), Fault.corruptBody(), Fault.none(), Fault.drop());
    Played played = againstServer();
    assertThat(played.status()).as(played.out() + played.err()).isZero();
    assertThat(stored()).isEqualTo(Files.readAllBytes(file));
    assertThat(played.out()).contains("SAME: all " + SIZE + " bytes").contains("other bytes had arrived than were sent; sent again at once");
    assertThat(server.faults().left()).isZero();
  }

  @Test
  void anEmptyFileIsAFileToo() throws IOException {
    Files.write(file, new byte[0]);
    assertThat(againstServer().status()).isZero();
    assertThat(stored()).isEmpty();
  }

  @Test
  void whatAnotherWriterPutInItsPlaceIsNoticed() {
    server.faults().next(Fault.none(), Fault.foreignPut("something else"));
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.out()).contains("DIFFERENT: from offset ").doesNotContain("SAME");
  }

  @Test
  void aCallThatGivesUpIsToldWithItsAttempts() {
    server.faults().next(Collections.nCopies(20, Fault.internalError()).toArray(Fault[]::new));
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.err()).startsWith(command + ": ").contains("500 InternalError").hasLineCount(1);
    assertThat(played.out()).contains("OSS or a gateway had failed; sent again").contains("-> ERROR_RESPONSE").doesNotContain("SAME");
    assertThat(stored()).isNull();
  }

  @Test
  void anOutageWithoutAnyAnswerIsToldToo() {
    server.close();
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.err()).startsWith(command + ": ").contains("Exception: ").hasLineCount(1);
    assertThat(played.out()).contains("-> EXCEPTION");
  }

  @Test
  void wrongCredentialsAreSaidToBeWrongAndNotShown() {
    server.credentials(Credentials.of("ak", "another"));
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.err()).contains("403 SignatureDoesNotMatch").hasLineCount(1);
  }

  @Test
  void filesAndKeysThatCannotBeAreRefusedClearly() {
    assertBadUsage(Played.with(command, dir.resolve("missing").toString()), "there is no file");
    assertBadUsage(Played.with(command, dir.toString()), "not a regular file");
    assertBadUsage(Played.with(command, "--key", "a/../b"), "can't be put into a URL");
  }

  private static void assertBadUsage(Played played, String says) {
    assertThat(played.status()).isEqualTo(2);
    assertThat(played.err()).contains(says).contains("see --help").hasLineCount(1);
  }
}
