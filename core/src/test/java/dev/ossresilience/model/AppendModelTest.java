package dev.ossresilience.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ossresilience.model.Schedule.Claim;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real core against a model server in virtual time. Every append that was acknowledged was accepted exactly once, to end where it was
 * acknowledged to end; none reported as failed is stored; those reported as unknown are stored at most once, and only where nothing less
 * could be said.
 */
class AppendModelTest {
  private static final long FIRST_SEED = Long.getLong("model.seed", 20260115L);
  private static final long SCHEDULES = Long.getLong("model.schedules", 1_000_000L);
  private static final int THREADS = 2;
  private static final int BATCH = 1000;

  private final AtomicLong next = new AtomicLong(FIRST_SEED);
  private final AtomicBoolean failed = new AtomicBoolean();
  private final Map<Claim, LongAdder> claims = new EnumMap<>(Claim.class);

  @Test
  void noAppendIsLostDoubledOrWronglyReported() throws InterruptedException {
    long start = System.nanoTime();
    for (Claim claim : Claim.values()) {
      claims.put(claim, new LongAdder());
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(threads.submit(this::runBatches));
    }
    threads.shutdown();
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof AssertionError wrong ? wrong : new AssertionError(e.getCause());
      }
    }
    System.out.printf(
        "%d schedules from seed %d in %d s: appends %s%n",
        SCHEDULES, FIRST_SEED, (System.nanoTime() - start) / 1_000_000_000, claims);
    if (SCHEDULES >= 1000) { // the schedules are hard enough to be worth something, and not so hard that nothing gets through
      assertThat(claims.get(Claim.STORED).sum()).isGreaterThan(SCHEDULES);
      assertThat(claims.get(Claim.NOT_STORED).sum()).isPositive();
      assertThat(claims.get(Claim.UNKNOWN).sum()).as("doubt is for where the truth can't be learnt").isBetween(1L, SCHEDULES);
    }
  }

  private void runBatches() {
    while (!failed.get()) {
      long from = next.getAndAdd(BATCH);
      long to = Math.min(from + BATCH, FIRST_SEED + SCHEDULES);
      if (from >= to) {
        return;
      }
      if (from > FIRST_SEED && (from - FIRST_SEED) % 100_000 == 0) {
        System.out.printf("%d of %d schedules, seed %d%n", from - FIRST_SEED, SCHEDULES, from);
      }
      for (long seed = from; seed < to; seed++) {
        Schedule schedule = run(Plan.of(seed), CoreWriter::new, null);
        if (!schedule.verdict().isEmpty() && !failed.getAndSet(true)) {
          explain(seed, schedule.verdict());
        }
        claims.forEach((claim, count) -> count.add(schedule.count(claim)));
      }
    }
  }

  private static void explain(long seed, String verdict) {
    Plan smallest = Shrinker.shrink(Plan.of(seed), plan -> !run(plan, CoreWriter::new, null).verdict().isEmpty());
    StringBuilder trace = new StringBuilder();
    String left = run(smallest, CoreWriter::new, trace).verdict();
    fail(
        "-Dmodel.seed=%d -Dmodel.schedules=1 repeats it: %s%nShrunk: %s%n%s%s", seed, verdict, left, smallest.describe(), trace);
  }

  /** The proof that this test can fail: under the same schedules, rules in common use double appends or claim what isn't so. */
  @ParameterizedTest
  @EnumSource(NaiveRules.class)
  void rulesInCommonUseFailUnderTheSameSchedules(NaiveRules rule) {
    int wrong = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 5000; seed++) {
      wrong += run(Plan.of(seed), (server, plan, trace) -> rule.writer(server), null).verdict().isEmpty() ? 0 : 1;
    }
    System.out.printf("%s: of 5000 schedules %d end with bytes doubled, or claimed and not there%n", rule, wrong);
    assertThat(wrong).isGreaterThan(50);
  }

  static Schedule run(Plan plan, Schedule.WriterFactory writers, @Nullable StringBuilder trace) {
    try {
      return Schedule.run(plan, writers, trace);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + plan.seed(), e);
    }
  }
}
