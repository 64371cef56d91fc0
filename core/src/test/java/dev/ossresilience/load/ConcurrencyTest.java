package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ossresilience.time.TimeSource;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Whatever threads do at the same time ends as if they had done it one after the other. */
class ConcurrencyTest {
  /** Tokens as scarce as they get, so that they run out all the time. */
  public static class Tokens {
    private final RetryBudget budget = RetryBudget.tokens(7, 3, 2);

    @Operation
    public int take() {
      return budget.take(false);
    }

    @Operation
    public int takeThrottled() {
      return budget.take(true);
    }

    @Operation
    public void succeedAtOnce() {
      budget.succeeded(0);
    }

    @Operation
    public void succeedAfterARepetition() {
      budget.succeeded(3);
    }
  }

  /** Of six, three may be spent. */
  public static class GrpcTokens {
    private final RetryBudget budget = RetryBudget.grpc(6, 0.5);

    @Operation
    public int take() {
      return budget.take(false);
    }

    @Operation
    public void fail() {
      budget.failed(false);
    }

    @Operation
    public void succeed() {
      budget.succeeded(0);
    }
  }

  /** Slots at ten per second, while the clock stands still. */
  public static class PlacesInTime {
    private final Pacer pacer = new Pacer(0, 10, 60, 1);

    @Operation
    public double reserve() {
      return pacer.take(0, 1, 0.35);
    }

    @Operation
    public void refused() {
      pacer.refused(0, 0, true);
    }

    @Operation
    public void accepted() {
      pacer.accepted(0, 0, false);
    }
  }

  /** At most four at a time, while the clock stands still. */
  public static class Limited {
    private final Slots slots = new Slots();
    private final Slots.Place waiting = new Slots.Place();

    public Limited() {
      for (int i = 0; i < 5; i++) {
        slots.sent(null, 0);
      }
      slots.refused(0, 0);
      slots.enter(waiting, 0);
    }

    @Operation
    public boolean enter() {
      return slots.enter(new Slots.Place(), 0);
    }

    /** Whether it is still in the line or has a slot by then; a second time it does nothing. */
    @Operation
    public void leave() {
      slots.leave(waiting, 0);
    }

    @Operation
    public void send() {
      slots.sent(null, 0);
    }

    @Operation
    public void end() {
      slots.ended(0);
    }

    @Operation
    public void accepted() {
      slots.accepted(0, 0.1);
    }

    @Operation
    public void refused() {
      slots.refused(0, 0);
    }

    @Operation
    public int underWay() {
      return slots.underWay();
    }
  }

  @Test
  void tokensAreNeverTakenTwice() {
    new ModelCheckingOptions().iterations(10).invocationsPerIteration(200).check(Tokens.class);
    new StressOptions().iterations(5).invocationsPerIteration(300).check(Tokens.class);
  }

  @Test
  void whatIsCountedWithoutALockIsCountedOnce() throws InterruptedException {
    AtomicLong clock = new AtomicLong();
    RetryBudget budget = RetryBudget.ratio(0.5, 1, by(clock));
    Meter meter = new Meter(0);
    Slots slots = new Slots();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      threads[t] = new Thread(() -> {
        for (int i = 0; i < 50_000; i++) {
          budget.began();
          meter.sent(0, 1);
          slots.sent(null, 0);
          if (i % 1000 == 0) {
            clock.addAndGet(10_000_000); // two seconds in all: windows close while others count
            meter.perSecond(0);
            budget.repetitionsLeft();
          }
        }
      });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(budget.repetitionsLeft()).isEqualTo(100_001);
    assertThat(slots.underWay()).isEqualTo(200_000);
    assertThat(meter.perSecond(0)).as("within the first second").isCloseTo(200_000 / (10 * -Math.expm1(-0.1)), within(1e-6));
  }

  private static TimeSource by(AtomicLong nanos) {
    return new TimeSource() {
      @Override
      public Instant wallTime() {
        throw new AssertionError("of no use to a budget");
      }

      @Override
      public long nanoTime() {
        return nanos.get();
      }
    };
  }

  @Test
  void slotsInTimeAreNeverGivenTwice() {
    new StressOptions().iterations(5).invocationsPerIteration(300).check(PlacesInTime.class);
  }

  @Test
  void slotsOfALimitAreNeverGivenTwice() {
    new ModelCheckingOptions().iterations(5).invocationsPerIteration(100).check(Limited.class);
    new StressOptions().iterations(5).invocationsPerIteration(300).check(Limited.class);
  }

  @Test
  void tokensOfTheGrpcKindAreNeverTakenTwice() {
    new ModelCheckingOptions().iterations(5).invocationsPerIteration(100).check(GrpcTokens.class);
  }
}
