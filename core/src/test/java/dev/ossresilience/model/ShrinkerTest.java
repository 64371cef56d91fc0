package dev.ossresilience.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A failing schedule is of use only if somebody can read it. */
class ShrinkerTest {
  private static final Schedule.WriterFactory PLANTED_BUG = (server, plan, trace) -> NaiveRules.RESEND_AT_NEXT_POSITION.writer(server);

  @Test
  void plantedBugIsShrunkToOneAppendAndOneLostAnswer() {
    for (long seed : LongStream.range(0, 200).filter(seed -> fails(Plan.of(seed))).limit(20).toArray()) {
      Plan shrunk = Shrinker.shrink(Plan.of(seed), ShrinkerTest::fails);

      assertThat(fails(shrunk)).isTrue();
      assertThat(shrunk.appends()).as("seed %d:%n%s", seed, shrunk.describe()).hasSize(1);
      assertThat(shrunk.appends().get(0).length()).isEqualTo(1);
      assertThat(shrunk.happenings().stream().filter(what -> what.trouble() != Trouble.NONE)).hasSizeBetween(1, 2);
      assertThat(shrunk.happenings()).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void planIsTheSameForTheSameSeed() {
    assertThat(Plan.of(7)).isEqualTo(Plan.of(7)).isNotEqualTo(Plan.of(8));
  }

  @Test
  void descriptionNamesWhatGoesWrongAndNothingElse() {
    Plan failing = LongStream.range(0, 200).mapToObj(Plan::of).filter(ShrinkerTest::fails).findFirst().orElseThrow();

    assertThat(Shrinker.shrink(failing, ShrinkerTest::fails).describe().lines())
        .hasSizeBetween(3, 5)
        .anyMatch(line -> line.contains("request 1"))
        .noneMatch(line -> line.contains("trouble=NONE, before=NOTHING, after=NOTHING"));
  }

  private static boolean fails(Plan plan) {
    return !AppendModelTest.run(plan, PLANTED_BUG, null).verdict().isEmpty();
  }
}
