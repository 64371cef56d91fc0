package dev.ossresilience.examples.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.examples.stage.Played;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aCodeIsExplained() {
    assertThat(explain("RequestTimeTooSkewed")).isZero();
    assertThat(out.toString()).contains("HTTP 403").contains("clock skewed").contains("retried     yes, once").contains("certainly not executed");
  }

  @Test
  void aStatusIsExplained() {
    assertThat(explain("504")).isZero();
    assertThat(out.toString()).contains("transient").contains("may have been executed");
  }

  @Test
  void aSavedBodyIsExplainedWithoutItsSecrets() throws IOException {
    Path file = dir.resolve("error.xml");
    Files.writeString(file, "<Error><Code>SecurityTokenExpired</Code><RequestId>ID</RequestId><SecurityToken>CANARY</SecurityToken></Error>", UTF_8);
    assertThat(explain(file.toString())).isZero();
    assertThat(out.toString()).contains("request id  ID").contains("SecurityTokenExpired").doesNotContain("CANARY");
  }

  @Test
  void aSavedErrorAboutTimeTellsHowFarTheClockWasOff() throws IOException {
    String times = "<RequestTime>2026-01-15T11:40:00.000Z</RequestTime><ServerTime>2026-01-15T12:00:00.000Z</ServerTime>";
    Path file = Files.writeString(dir.resolve("skewed.xml"), "<Error><Code>RequestTimeTooSkewed</Code>" + times + "</Error>");
    assertThat(explain(file.toString())).isZero();
    assertThat(out.toString()).contains("The request's time was 20 min behind the server's.");
  }

  @Test
  void whatNobodyKnowsGetsAHint() throws IOException {
    assertThat(explain("PartitionQps")).isEqualTo(1);
    assertThat(err.toString()).contains("did you mean PartitionQpsLimitted?").hasLineCount(1);
    Path page = Files.writeString(dir.resolve("page.html"), "<html>busy</html>", UTF_8);
    assertThat(explain(page.toString())).isEqualTo(1);
    assertThat(explain(page.toString(), "--status", "503")).isZero();
    assertThat(explain()).isEqualTo(2);
  }

  private int explain(String... args) {
    Played played = Played.with("explain", args);
    out.write(played.out());
    err.write(played.err());
    return played.status();
  }
}
