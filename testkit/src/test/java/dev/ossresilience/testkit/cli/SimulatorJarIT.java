package dev.ossresilience.testkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runnable jar as its user runs it. */
@Timeout(60)
class SimulatorJarIT {
  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** What the JVM ends with after SIGTERM: 128 and the signal's number. */
  private static final int TERMINATED = 143;

  @Test
  void saysWhenItIsReadyAnswersAndStopsWhenItIsTold() throws Exception {
    Process simulator = start("--port", "0", "--bucket", "mine", "--access-key-secret", "a-secret-of-mine");
    try (BufferedReader out = new BufferedReader(new InputStreamReader(simulator.getInputStream(), UTF_8))) {
      String ready = out.readLine();
      assertThat(ready).matches("READY http://127\\.0\\.0\\.1:\\d+");
      HttpURLConnection unsigned = (HttpURLConnection) URI.create(ready.substring("READY ".length()) + "/mine/key").toURL().openConnection();
      assertThat(unsigned.getResponseCode()).isEqualTo(403);
      assertThat(unsigned.getHeaderField("x-oss-request-id")).hasSize(24);

      simulator.toHandle().destroy(); // which leaves its output to be read
      assertThat(simulator.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(simulator.exitValue()).isEqualTo(TERMINATED);
      assertThat(out.readLine()).as("anything after READY").isNull();
      assertThat(new String(simulator.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
    } finally {
      simulator.destroyForcibly();
    }
  }

  @Test
  void refusesAnOptionThatMeansNothing() throws Exception {
    Process simulator = start("--faults", "1.5");
    assertThat(simulator.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(simulator.exitValue()).isEqualTo(2);
    assertThat(new String(simulator.getErrorStream().readAllBytes(), UTF_8)).contains("--faults").contains("1.5");
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA, "-jar", "target/oss-simulator.jar"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }
}
