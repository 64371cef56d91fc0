package dev.ossresilience.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.Effect;
import dev.ossresilience.error.Verdict;
import dev.ossresilience.operation.Operation;
import dev.ossresilience.operation.Operations;
import dev.ossresilience.operation.Proof;
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
  void inDoubtOnlyWhatIsSafeOrRefusedTwiceIsRepeated() {
    for (Verdict verdict : Verdict.values()) {
      for (Operation operation : ALL) {
        Remedy remedy = Remedies.of(new Diagnosis(verdict, Effect.UNKNOWN), operation);
        if (operation.replayRule() != ReplayRule.SAFE && !operation.isRefusedTwice()) {
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

  @Test
  void whatIsNeverRepeatedIsNotRefusedTwice() {
    assertThat(ALL).filteredOn(operation -> operation.replayRule() == ReplayRule.NEVER).noneMatch(Operation::isRefusedTwice);
    assertThat(ALL).filteredOn(operation -> operation.proof() != Proof.NONE).allMatch(Operation::isRefusedTwice);
  }

  @Test
  void aRefusalIsLookedIntoOnlyAfterADoubt() {
    Diagnosis refused = new Diagnosis(Verdict.PERHAPS_DONE, Effect.NOT_APPLIED);
    for (Operation operation : ALL) {
      if (operation.isRefusedTwice() && !operation.isAppend()) {
        Remedy first = operation.proof() == Proof.UNDER_WAY ? Remedy.VERIFY : Remedy.DELIVER;
        assertThat(Remedies.of(refused, operation, operation.refusal(), false)).as(operation.name()).isEqualTo(first);
        assertThat(Remedies.of(refused, operation, operation.refusal(), true)).as(operation.name()).isEqualTo(Remedy.VERIFY);
        assertThat(Remedies.of(refused, operation, "AccessDenied", true)).as(operation.name()).isEqualTo(Remedy.DELIVER);
        assertThat(Remedies.of(new Diagnosis(Verdict.PERHAPS_DONE, Effect.UNKNOWN), operation, operation.refusal(), true)).isEqualTo(Remedy.DELIVER);
      }
    }
  }
}
