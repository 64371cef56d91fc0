package dev.ossresilience.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A schedule as data: what is appended, and what happens to the first, second, third … request. Everything else follows from it, so that
 * a part can be taken away without changing the rest.
 *
 * @param happenings by number of request; what comes after goes well
 */
record Plan(long seed, Setup setup, List<Append> appends, List<Happening> happenings) {
  /** How the caller configured things, and how much is in the object before anything starts. */
  record Setup(int maxAttempts, long totalMillis, boolean followEnd, int maxVerifyBytes, long base, boolean realSignatures) {}

  /** What a body allows. */
  record Body(boolean repeatable, boolean lengthKnown) {}

  /**
   * One append.
   *
   * @param positionError how far the position is beyond what the caller believes to be the end
   */
  record Append(int length, Body body, int positionError) {}

  /**
   * What happens to one request.
   *
   * @param before by somebody else, before the request is handled
   * @param after the same, after it was handled or lost
   * @param arrivals how many requests that are stuck on the way arrive before it
   */
  record Happening(Trouble trouble, Foreign before, Foreign after, int arrivals) {
    static final Happening CALM = new Happening(Trouble.NONE, Foreign.NOTHING, Foreign.NOTHING, 0);
  }

  static final Body PLAIN = new Body(true, true);
  private static final List<Trouble> SOFT = List.copyOf(EnumSet.range(Trouble.REFUSED, Trouble.BROKEN_BODY));
  private static final List<Trouble> ALL = List.copyOf(EnumSet.complementOf(EnumSet.of(Trouble.NONE)));
  private static final List<Foreign> APPENDS = List.copyOf(EnumSet.range(Foreign.APPEND_EQUAL_LENGTH, Foreign.APPEND_TWICE));
  private static final List<Foreign> DESTRUCTIONS = List.copyOf(EnumSet.range(Foreign.DELETE, Foreign.REPLACE_NORMAL));
  private static final long NEAR_THE_LIMIT = (5L << 30) - 60;

  /** More than any schedule of four appends runs into when one request in two goes wrong, but for a few. */
  private static final int MAX_HAPPENINGS = 28;

  /** The plan of that seed. */
  static Plan of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Setup setup =
        new Setup(
            1 + random.nextInt(6),
            random.nextInt(8) == 0 ? 50 + random.nextInt(3000) : 120_000,
            random.nextInt(4) != 0,
            random.nextInt(10) == 0 ? 12 : 1 << 20,
            random.nextInt(12) == 0 ? NEAR_THE_LIMIT : random.nextInt(8) == 0 ? 1000 : 0,
            random.nextInt(16) == 0);
    List<Append> appends = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int length = random.nextInt(16) == 0 ? 0 : 1 + random.nextInt(36);
      Body body = new Body(random.nextInt(8) != 0, random.nextInt(6) != 0);
      appends.add(new Append(length, body, random.nextInt(10) == 0 ? 1 + random.nextInt(9) : 0));
    }
    double troubles = random.nextDouble() * 0.9;
    double foreigners = random.nextInt(3) * 0.15;
    boolean hard = random.nextInt(3) == 0;
    boolean destructive = random.nextInt(6) == 0;
    List<Happening> happenings = new ArrayList<>();
    for (int i = 0; i < MAX_HAPPENINGS; i++) {
      Trouble trouble = Trouble.NONE;
      if (random.nextDouble() < troubles) {
        trouble = pick(hard ? ALL : SOFT, random);
      }
      Foreign before = foreign(random, foreigners, destructive);
      Foreign after = foreign(random, foreigners / 2, destructive);
      happenings.add(new Happening(trouble, before, after, random.nextInt(3)));
    }
    return new Plan(seed, setup, appends, happenings);
  }

  private static Foreign foreign(SplittableRandom random, double rate, boolean destructive) {
    if (random.nextDouble() >= rate) {
      return Foreign.NOTHING;
    }
    return pick(destructive && random.nextInt(5) == 0 ? DESTRUCTIONS : APPENDS, random);
  }

  private static <T> T pick(List<T> choice, SplittableRandom random) {
    return choice.get(random.nextInt(choice.size()));
  }

  Happening happening(int request) {
    return request < happenings.size() ? happenings.get(request) : Happening.CALM;
  }

  /** In words, without what goes well. */
  String describe() {
    StringBuilder out = new StringBuilder("  " + setup + "\n");
    appends.forEach(append -> out.append("  ").append(append).append('\n'));
    for (int i = 0; i < happenings.size(); i++) {
      Happening what = happenings.get(i);
      if (what.trouble() != Trouble.NONE || what.before() != Foreign.NOTHING || what.after() != Foreign.NOTHING) {
        out.append("  request ").append(i + 1).append(": ").append(what).append('\n');
      }
    }
    return out.toString();
  }
}
