package dev.ossresilience.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ossresilience.model.Schedule.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
      assertThat(unknown.sum()).isPositive();
      assertThat(notStored.sum()).isPositive();
    }
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
