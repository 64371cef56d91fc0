package dev.ossresilience.testkit.fleet;

import dev.ossresilience.http.RequestHead;
import java.util.List;
import java.util.SplittableRandom;

/** When one client makes which calls: the same for a seed, whatever comes of the calls. */
final class Plan {
  private static final double SECOND = 1e9;

  private final Scenario scenario;
  private final List<Kind> kinds;
  private final double weight;
  private final SplittableRandom random;
  private final double interval;
  private double due;

  /** A kind of call and its request, which all calls of that kind share. */
  record Kind(Traffic traffic, RequestHead request) {}

  Plan(Scenario scenario, List<Kind> kinds, SplittableRandom random) {
    this.scenario = scenario;
    this.kinds = kinds;
    this.weight = kinds.stream().mapToDouble(kind -> kind.traffic().weight()).sum();
    this.random = random;
    this.interval = scenario.clients() / scenario.load() * SECOND;
    this.due = scenario.regular() ? interval * (random.nextDouble() - 1) : 0; // clients don't start in step
  }

  /** When the next call is made, in nanoseconds since the start. */
  long next() {
    if (scenario.regular()) {
      due += interval;
      return (long) Math.max(0, due + interval * (random.nextDouble() - 0.5));
    }
    due -= Math.log(1 - random.nextDouble()) * interval;
    return (long) due;
  }

  /** Which one it is. */
  Kind kind() {
    if (kinds.size() == 1) {
      return kinds.get(0);
    }
    double drawn = random.nextDouble() * weight;
    int chosen = 0;
    for (drawn -= kinds.get(0).traffic().weight(); drawn >= 0 && chosen < kinds.size() - 1; ) {
      drawn -= kinds.get(++chosen).traffic().weight();
    }
    return kinds.get(chosen);
  }
}
