package dev.ossresilience.testkit;

import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.wire.FaultPlan;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Which faults the next requests meet, and which really happened. Thread-safe. */
public final class Faults {
  private final FaultPlan plan;

  Faults(FaultPlan plan) {
    this.plan = plan;
  }

  /** Gives the next requests these faults, one each, in order, after those scripted before; {@link Fault#none} lets one pass. */
  public void next(Fault... faults) {
    plan.add(List.of(faults));
  }

  /**
   * Gives each request that has no scripted fault one of {@code choice}, with probability {@code probability}, each equally
   * likely. The same seed draws the same faults if the requests come in the same order.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if {@code choice} is empty or the probability is not one
   */
  public void random(long seed, double probability, Fault... choice) {
    if (choice.length == 0 || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability must be from 0 to 1 and the menu not empty: " + probability + ", " + choice.length + " faults");
    }
    plan.draw(new Random(seed), probability, List.of(choice));
  }

  /** No more faults, neither scripted nor drawn. A request that a fault holds back is still delivered. */
  public void none() {
    plan.clear();
  }

  /** How often each fault really happened, by its name. A fault that was planned but could not happen is not counted. */
  public Map<String, Integer> happened() {
    return plan.happened();
  }

  /** How often this fault really happened. */
  public int happened(Fault fault) {
    return plan.happened().getOrDefault(fault.name(), 0);
  }

  /** How many faults of the script no request has met yet. */
  public int left() {
    return plan.left();
  }
}
