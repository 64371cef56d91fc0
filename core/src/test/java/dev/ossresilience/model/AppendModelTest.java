package dev.ossresilience.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ossresilience.model.Schedule.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real core against a model server in virtual time. Every append that was acknowledged is stored exactly once, at the place
 * and in the order it was acknowledged for; every one reported as failed is not stored; every one reported as unknown at most once.
 */
class AppendModelTest {
  private static final long FIRST_SEED = Long.getLong("model.seed", 20260115L);
  private static final long SCHEDULES = Long.getLong("model.schedules", 100_000L);

  @Test
  void noAppendIsLostDoubledOrWronglyReported() {
    LongAdder stored = new LongAdder();
    LongAdder unknown = new LongAdder();
    LongAdder notStored = new LongAdder();
    LongStream.range(FIRST_SEED, FIRST_SEED + SCHEDULES)
        .parallel()
        .forEach(
            seed -> {
              Schedule schedule = run(seed, null);
              if (!schedule.verdict().isEmpty()) {
                StringBuilder trace = new StringBuilder();
                run(seed, trace);
                fail("-Dmodel.seed=%d -Dmodel.schedules=1 repeats it: %s%n%s", seed, schedule.verdict(), trace);
              }
              for (Schedule.Append append : schedule.appends()) {
                (append.claim() == Claim.STORED ? stored : append.claim() == Claim.UNKNOWN ? unknown : notStored).increment();
              }
            });
    System.out.printf("%d schedules from seed %d: %s appends stored, %s unknown, %s not stored%n", SCHEDULES, FIRST_SEED, stored, unknown, notStored);
    if (SCHEDULES >= 1000) { // the schedules are hard enough to be worth something, and not so hard that nothing gets through
      assertThat(stored.sum()).isGreaterThan(2 * SCHEDULES);
      assertThat(unknown.sum()).as("doubt is for where the truth can't be learnt").isBetween(1L, SCHEDULES);
      assertThat(notStored.sum()).isPositive();
    }
  }

  /** The proof that this test can fail: under the same faults, rules in common use double appends or claim what isn't so. */
  @ParameterizedTest
  @EnumSource(NaiveRules.class)
  void rulesInCommonUseFailUnderTheSameSchedules(NaiveRules rule) {
    int doubled = 0;
    int lost = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 2000; seed++) {
      Random random = new Random(seed);
      ModelServer server = new ModelServer(null, random, 0.3, 0.25);
      byte[] record = new byte[20];
      record[0] = 7;
      boolean claimed = rule.append(server, new NaiveRules.Call(0, record));
      server.settle();
      int times = server.object.occurrencesOf(record);
      doubled += times > 1 ? 1 : 0;
      lost += claimed && times == 0 ? 1 : 0;
    }
    System.out.printf("%s: of 2000 appends %d doubled, %d claimed and lost%n", rule, doubled, lost);
    assertThat(rule == NaiveRules.TRUST_THE_LENGTH ? lost : doubled).isPositive();
  }

  private static Schedule run(long seed, @Nullable StringBuilder trace) {
    try {
      return new Schedule(seed, trace).run();
    } catch (IOException e) {
      throw new UncheckedIOException("seed " + seed, e);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
