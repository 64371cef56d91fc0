package dev.ossresilience.testkit.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.answer.Failure;
import org.junit.jupiter.api.Test;

class WriteChecksTest {
  @Test
  void anObjectThatIsTooLongForTheSimulatorIsRefusedAsOssDoesIt() {
    assertThat(WriteChecks.room(2_147_483_638, 1)).isNull();
    Failure tooLarge = WriteChecks.room(2_147_483_639, 1);
    assertThat(tooLarge).isNotNull();
    assertThat(tooLarge.status()).isEqualTo(400);
    assertThat(tooLarge.code()).isEqualTo("EntityTooLarge");
    assertThat(tooLarge.elements()).containsEntry("ProposedSize", "2147483640").containsEntry("MaxSizeAllowed", "2147483639");
  }
}
