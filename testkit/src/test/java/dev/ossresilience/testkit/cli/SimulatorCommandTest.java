package dev.ossresilience.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ossresilience.testkit.OssSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, run inside this process. */
class SimulatorCommandTest {
  private final SimulatorCommand command = new SimulatorCommand();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @AfterEach
  void close() {
    command.close();
  }

  private int run(String... args) {
    return SimulatorCommand.commandLine(command, new PrintWriter(out), new PrintWriter(err)).execute(args);
  }

  @Test
  void itSaysWhereItListensAndNothingElse() throws IOException {
    assertThat(run("--port", "0", "--bucket", "one-1", "--bucket", "two-2", "--region", "eu-central-1", "--max-requests", "1")).isZero();
    assertThat(out.toString()).matches("READY http://127\\.0\\.0\\.1:\\d+\\R");
    assertThat(err.toString()).isEmpty();
    assertThat(get()).isEqualTo(403);
  }

  @Test
  void faultsComeFromAFile() throws IOException {
    Path script = Files.writeString(folder.resolve("faults"), "# first\n2x bareError 502\n");
    assertThat(run("--port", "0", "--faults", script.toString())).isZero();
    assertThat(get()).isEqualTo(502);
    assertThat(get()).isEqualTo(502);
    assertThat(get()).isEqualTo(403);
  }

  @Test
  void aRateIsANumber() {
    assertThat(run("--port", "0", "--faults", "0.25", "--seed", "7")).isZero();
    assertThat(FaultChoice.MENU).doesNotHaveDuplicates();
  }

  @Test
  void aPortThatIsTakenIsSaidSo() {
    try (OssSimulator other = OssSimulator.builder().start()) {
      int taken = URI.create(other.endpoint()).getPort();
      assertThat(run("--port", Integer.toString(taken))).isEqualTo(1);
      assertThat(err.toString()).startsWith("oss-simulator: --port " + taken + ": the port is taken").contains("or 0 for any free one");
      assertThat(out.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --port            | 70000         | --port 70000: must be from 0 to 65535; 0 takes any free one
      --port            | many          | Invalid value for option '--port'
      --region          | Hang Zhou     | --region Hang Zhou: must be the name of a region
      --access-key-id   | 'a b'         | --access-key-id a b: must be printable
      --access-key-secret | ' '         | --access-key-secret (hidden): must not be empty
      --bucket          | A_b           | --bucket A_b: must be 3 to 63 lower-case letters
      --faults          | 1.5           | --faults 1.5: as a rate it must be from 0 to 1
      --faults          | -0.1          | --faults -0.1: as a rate it must be from 0 to 1
      --faults          | 1f            | --faults 1f: there is no such file; name one
      --faults          | 0x1p-1        | --faults 0x1p-1: there is no such file; name one
      --faults          | NaN           | --faults NaN: there is no such file; name one
      --faults          | ''            | --faults : nothing is named; name a file
      --faults          | /             | --faults /: that is a directory; name a file in it
      --faults          | /no/such/file | --faults /no/such/file: there is no such file; name one
      --seed            | x             | Invalid value for option '--seed'
      --max-upload      | 0             | --max-upload 0: must be positive; leave it out for no limit
      --colour          | red           | Unknown option
      """)
  void aWrongOptionIsNamedTogetherWithItsValueAndWhatToDo(String option, String value, String complaint) {
    assertThat(run(option, value)).isEqualTo(2);
    assertThat(err.toString()).startsWith("oss-simulator: ").contains(complaint).contains("(see --help)");
    assertThat(out.toString()).isEmpty();
    assertThat(command.isRunning()).isFalse();
  }

  @Test
  void aScriptThatMayNotBeReadIsSaidSo() throws IOException {
    Path script = Files.writeString(folder.resolve("faults"), "drop\n");
    assumeTrue(script.toFile().setReadable(false, false) && !Files.isReadable(script), "for some users every file is readable");
    assertThat(run("--faults", script.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--faults " + script + ": the file is not allowed to be read");
  }

  @Test
  void aWrongLineInAScriptIsNamed() throws IOException {
    Path script = Files.writeString(folder.resolve("faults"), "drop\ndorp\n");
    assertThat(run("--faults", script.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--faults " + script + ": line 2: not a fault: \"dorp\": there is no fault");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "--access-key-secret hush-hush hush-hush",
    "--acess-key-secret hush-hush",
    "--acess-key-secret=hush-hush",
    "--access-key-secret hush-hush --access-key-secret hush-hush",
    "--access-key-secret hush-hush --port x"
  })
  void theSecretIsNeverPrinted(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString() + out).contains("oss-simulator: ").doesNotContain("hush");
  }

  @Test
  void helpAndVersionStartNothing() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--access-key-secret=SECRET", "--faults=FILE|RATE", "--max-requests=N");
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("oss-simulator (unpackaged)");
    assertThat(command.isRunning()).isFalse();
  }

  private int get() throws IOException {
    String endpoint = out.toString().strip().substring("READY ".length());
    return ((HttpURLConnection) URI.create(endpoint + "/logs/k").toURL().openConnection()).getResponseCode();
  }
}
