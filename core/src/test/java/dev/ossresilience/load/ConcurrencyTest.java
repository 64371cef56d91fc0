package dev.ossresilience.load;

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

  /** Slots at ten per second, while the clock stands still. */
  public static class Slots {
    private final Pacer pacer = new Pacer(0, 10, 1);

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

  @Test
  void tokensAreNeverTakenTwice() {
    new ModelCheckingOptions().iterations(10).invocationsPerIteration(200).check(Tokens.class);
    new StressOptions().iterations(5).invocationsPerIteration(300).check(Tokens.class);
  }

  @Test
  void slotsAreNeverGivenTwice() {
    new StressOptions().iterations(5).invocationsPerIteration(300).check(Slots.class);
  }
}
