package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.fault.Fault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which faults are still to come and which have happened. Thread-safe. */
public final class FaultPlan {
  private final Deque<Fault> script = new ArrayDeque<>();
  private final SortedMap<String, Integer> happened = new TreeMap<>();
  private @Nullable Random random;
  private double rate;
  private List<Fault> menu = List.of();

  /** Appends to the script. */
  public synchronized void add(List<Fault> faults) {
    script.addAll(faults);
  }

  /** Draws from {@code choice} with probability {@code probability} whenever the script is at its end. */
  public synchronized void draw(Random source, double probability, List<Fault> choice) {
    random = source;
    rate = probability;
    menu = choice;
  }

  /** No more faults. */
  public synchronized void clear() {
    script.clear();
    random = null;
  }

  public synchronized Map<String, Integer> happened() {
    return new TreeMap<>(happened);
  }

  /** How many faults of the script no request has met yet. */
  public synchronized int left() {
    return script.size();
  }

  /** The fault for one more request. */
  synchronized Fault take() {
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

  /** Takes the next fault of the script if it is this one. */
  synchronized boolean takeIfNext(Fault fault) {
    boolean next = fault.equals(script.peek());
    if (next) {
      script.remove();
    }
    return next;
  }

  synchronized void count(Fault fault) {
    happened.merge(fault.name(), 1, Integer::sum);
  }
}
