package dev.ossresilience.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.Effect;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.operation.Operation;
import dev.ossresilience.operation.Operations;
import dev.ossresilience.operation.ReplayRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemediesTest {
  private static final List<Operation> ALL = Operations.rows().stream().map(Operations.Row::operation).toList();

  @Test
  void whatTookEffectIsNeverRepeated() {
    for (Verdict verdict : Verdict.values()) {
      assertThat(ALL).allSatisfy(operation -> assertThat(Remedies.of(new Diagnosis(verdict, Effect.APPLIED), operation)).isNotIn(Remedy.WAIT, Remedy.RESIGN));
    }
  }

  @Test
  void inDoubtOnlyWhatIsSafeIsRepeated() {
    for (Verdict verdict : Verdict.values()) {
      for (Operation operation : ALL) {
        Remedy remedy = Remedies.of(new Diagnosis(verdict, Effect.UNKNOWN), operation);
        if (operation.replayRule() != ReplayRule.SAFE && !operation.isAppend()) {
          assertThat(remedy).as("%s %s", verdict, operation).isEqualTo(Remedy.DELIVER);
        }
      }
    }
  }

  @Test
  void aRefusedRequestIsRepeatedWhateverItWas() {
    assertThat(ALL).allSatisfy(operation -> assertThat(Remedies.of(new Diagnosis(Verdict.THROTTLED, Effect.NOT_APPLIED), operation)).isEqualTo(Remedy.WAIT));
    assertThat(ALL).allSatisfy(operation -> assertThat(Remedies.of(new Diagnosis(Verdict.CLOCK_SKEWED, Effect.NOT_APPLIED), operation)).isEqualTo(Remedy.RESIGN));
  }

  @Test
  void aFatalErrorIsDeliveredWhateverItWas() {
    for (Effect effect : Effect.values()) {
      assertThat(ALL).allSatisfy(operation -> assertThat(Remedies.of(new Diagnosis(Verdict.FATAL, effect), operation)).isEqualTo(Remedy.DELIVER));
    }
  }
}
