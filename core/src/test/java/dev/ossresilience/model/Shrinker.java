package dev.ossresilience.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a failing plan smaller for as long as it still fails: fewer appends, fewer happenings, fewer bytes, plainer settings. */
final class Shrinker {
  private Shrinker() {}

  /** A plan that fails and of which nothing can be taken away; {@code fails} holds for {@code plan} and for what is returned. */
  static Plan shrink(Plan plan, Predicate<Plan> fails) {
    Plan smallest = plan;
    while (true) {
      Plan smaller = firstFailing(candidates(smallest), fails);
      if (smaller == null) {
        return smallest;
      }
      smallest = smaller;
    }
  }

  private static @Nullable Plan firstFailing(List<Plan> plans, Predicate<Plan> fails) {
    for (Plan plan : plans) {
      if (fails.test(plan)) {
        return plan;
      }
    }
    return null;
  }

  /** What is a step smaller than a plan, the largest steps first. */
  private static List<Plan> candidates(Plan plan) {
    List<Plan> all = new ArrayList<>();
    for (int i = 0; i < plan.appends().size() && plan.appends().size() > 1; i++) {
      all.add(withAppends(plan, without(plan.appends(), i)));
    }
    int happenings = plan.happenings().size();
    for (int half = happenings / 2; half > 0; half /= 2) {
      all.add(withHappenings(plan, plan.happenings().subList(0, happenings - half)));
    }
    for (int i = 0; i < happenings; i++) {
      all.add(withHappenings(plan, without(plan.happenings(), i)));
      for (Plan.Happening calmer : calmer(plan.happenings().get(i))) {
        all.add(withHappenings(plan, replaced(plan.happenings(), i, calmer)));
      }
    }
    for (int i = 0; i < plan.appends().size(); i++) {
      for (Plan.Append plainer : plainer(plan.appends().get(i))) {
        all.add(withAppends(plan, replaced(plan.appends(), i, plainer)));
      }
    }
    Plan.Setup setup = plan.setup();
    Plan.Setup plain = new Plan.Setup(setup.maxAttempts(), 120_000, true, 1 << 20, 0, false);
    if (!plain.equals(setup)) {
      all.add(new Plan(plan.seed(), plain, plan.appends(), plan.happenings()));
    }
    return all;
  }

  private static List<Plan.Happening> calmer(Plan.Happening what) {
    List<Plan.Happening> all = new ArrayList<>();
    all.add(Plan.Happening.CALM);
    all.add(new Plan.Happening(Trouble.NONE, what.before(), what.after(), what.arrivals()));
    all.add(new Plan.Happening(what.trouble(), Foreign.NOTHING, what.after(), what.arrivals()));
    all.add(new Plan.Happening(what.trouble(), what.before(), Foreign.NOTHING, what.arrivals()));
    all.add(new Plan.Happening(what.trouble(), what.before(), what.after(), 0));
    all.removeIf(what::equals);
    return all;
  }

  private static List<Plan.Append> plainer(Plan.Append append) {
    List<Plan.Append> all = new ArrayList<>();
    all.add(new Plan.Append(append.length() / 2, append.body(), append.positionError()));
    all.add(new Plan.Append(Math.max(0, append.length() - 1), append.body(), append.positionError()));
    all.add(new Plan.Append(append.length(), Plan.PLAIN, append.positionError()));
    all.add(new Plan.Append(append.length(), append.body(), 0));
    all.removeIf(append::equals);
    return all;
  }

  private static Plan withAppends(Plan plan, List<Plan.Append> appends) {
    return new Plan(plan.seed(), plan.setup(), appends, plan.happenings());
  }

  private static Plan withHappenings(Plan plan, List<Plan.Happening> happenings) {
    return new Plan(plan.seed(), plan.setup(), plan.appends(), happenings);
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> shorter = new ArrayList<>(list);
    shorter.remove(index);
    return shorter;
  }

  private static <T> List<T> replaced(List<T> list, int index, T element) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, element);
    return changed;
  }
}
