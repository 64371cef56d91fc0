package dev.ossresilience.benchmarks.scorecard.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.benchmarks.scorecard.peer.Told;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final byte[] OURS = "ours".getBytes(UTF_8);

  @Test
  void aSuccessIsRightIfTheBytesAreStoredOnce() {
    assertThat(written(success(), "ours")).isEqualTo(Verdict.OK);
    assertThat(written(success(), "their bytes and ours")).isEqualTo(Verdict.OK);
  }

  @Test
  void aSuccessIsWrongIfTheyAreNotStoredOrDamagedOrStoredTwice() {
    assertThat(written(success(), null)).isEqualTo(Verdict.WRONG);
    assertThat(written(success(), "0urs")).isEqualTo(Verdict.WRONG);
    assertThat(written(success(), "oursours")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aRefusalOfWhatIsStoredIsWrong() {
    assertThat(written(refused(409, "PositionNotEqualToLength"), "ours")).isEqualTo(Verdict.WRONG);
    assertThat(written(refused(0, "NoSuchUpload"), "ours")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void anErrorThatLeavesItOpenOnlyGivesUp() {
    assertThat(written(refused(500, "InternalError"), "ours")).isEqualTo(Verdict.GAVE_UP);
    assertThat(written(lost(), "ours")).isEqualTo(Verdict.GAVE_UP);
    assertThat(written(lost(), null)).isEqualTo(Verdict.GAVE_UP);
    assertThat(written(refused(409, "PositionNotEqualToLength"), null)).isEqualTo(Verdict.GAVE_UP);
  }

  @Test
  void anErrorIsWrongIfTheBytesAreStoredTwice() {
    assertThat(written(lost(), "oursours")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void besideAnotherWriterATrueRefusalIsRightAndAFalseOneIsNot() {
    assertThat(beside(refused(409, "PositionNotEqualToLength"), "them")).isEqualTo(Verdict.OK);
    assertThat(beside(refused(409, "PositionNotEqualToLength"), "oursthem")).isEqualTo(Verdict.WRONG);
    assertThat(beside(success(), "themours")).isEqualTo(Verdict.OK);
    assertThat(beside(success(), "them")).isEqualTo(Verdict.WRONG);
    assertThat(beside(lost(), "them")).isEqualTo(Verdict.GAVE_UP);
  }

  @Test
  void whatIsReadMustBeWhole() {
    assertThat(Judge.read(read("ours"), OURS).verdict()).isEqualTo(Verdict.OK);
    assertThat(Judge.read(read("our"), OURS).verdict()).isEqualTo(Verdict.WRONG);
    assertThat(Judge.read(lost(), OURS).verdict()).isEqualTo(Verdict.GAVE_UP);
    assertThat(Judge.readOrTold(lost(), OURS).verdict()).isEqualTo(Verdict.OK);
    assertThat(Judge.readOrTold(read("our"), OURS).verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void anAnswerMustBeTheRightOne() {
    assertThat(Judge.answered(new Told(true, 200, "", "4", new byte[0], null), "4").verdict()).isEqualTo(Verdict.OK);
    assertThat(Judge.answered(new Told(true, 200, "", "5", new byte[0], null), "4").verdict()).isEqualTo(Verdict.WRONG);
    assertThat(Judge.answered(lost(), "4").verdict()).isEqualTo(Verdict.GAVE_UP);
  }

  @Test
  void aCallThatMustFailMustNameItsError() {
    assertThat(Judge.refused(refused(403, "AccessDenied"), 403, "AccessDenied").verdict()).isEqualTo(Verdict.OK);
    assertThat(Judge.refused(refused(0, "AccessDenied"), 403, "AccessDenied").verdict()).isEqualTo(Verdict.OK);
    assertThat(Judge.refused(lost(), 403, "AccessDenied").verdict()).isEqualTo(Verdict.GAVE_UP);
    assertThat(Judge.refused(success(), 403, "AccessDenied").verdict()).isEqualTo(Verdict.WRONG);
  }

  private static Verdict written(Told told, String stored) {
    return Judge.written(told, stored == null ? null : stored.getBytes(UTF_8), OURS).verdict();
  }

  private static Verdict beside(Told told, String stored) {
    return Judge.beside(told, stored.getBytes(UTF_8), OURS).verdict();
  }

  private static Told success() {
    return read("");
  }

  private static Told read(String content) {
    return new Told(true, 200, "", "", content.getBytes(UTF_8), null);
  }

  private static Told refused(int status, String code) {
    return new Told(false, status, code, "", new byte[0], null);
  }

  private static Told lost() {
    return new Told(false, 0, "", "", new byte[0], new IOException("closed"));
  }
}
