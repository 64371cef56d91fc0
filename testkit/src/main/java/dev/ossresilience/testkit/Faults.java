package dev.ossresilience.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which faults the next requests meet, and which really happened. Thread-safe. */
public final class Faults {
  private final Deque<Fault> script = new ArrayDeque<>();
  private final SortedMap<String, Integer> happened = new TreeMap<>();
  private @Nullable Random random;
  private double rate;
  private List<Fault> menu = List.of();

  Faults() {}

  /** Gives the next requests these faults, one each, in order, after those scripted before; {@link Fault#none} lets one pass. */
  public synchronized void next(Fault... faults) {
    script.addAll(List.of(faults));
  }

  /**
   * Gives each request that has no scripted fault one of {@code choice}, with probability {@code probability}, each equally
   * likely. The same seed draws the same faults if the requests come in the same order.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if {@code choice} is empty or the probability is not one
   */
  public synchronized void random(long seed, double probability, Fault... choice) {
    if (choice.length == 0 || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability must be from 0 to 1 and the menu not empty: " + probability + ", " + choice.length + " faults");
    }
    random = new Random(seed);
    rate = probability;
    menu = List.of(choice);
  }

  /** No more faults, neither scripted nor drawn. A request that a fault holds back is still delivered. */
  public synchronized void none() {
    script.clear();
    random = null;
  }

  /** How often each fault really happened, by its name. A fault that was planned but could not happen is not counted. */
  public synchronized Map<String, Integer> happened() {
    return new TreeMap<>(happened);
  }

  /** How often this fault really happened. */
  public synchronized int happened(Fault fault) {
    return happened.getOrDefault(fault.name(), 0);
  }

  /** How many faults of the script no request has met yet. */
  public synchronized int left() {
    return script.size();
  }

  /** The fault for one more request. */
  synchronized Fault draw() {
    Fault scripted = script.poll();
    if (scripted != null) {
      return scripted;
    }
    if (random == null) {
      return Fault.none();
    }
    // Two draws whatever the first one says, so that a changed rate doesn't change which fault a request would meet.
    double luck = random.nextDouble();
    Fault drawn = menu.get(random.nextInt(menu.size()));
    return luck < rate ? drawn : Fault.none();
  }

  synchronized void count(Fault fault) {
    happened.merge(fault.name(), 1, Integer::sum);
  }
}
