package dev.ossresilience.testkit.fleet;

import java.util.SplittableRandom;

/** What other clients do, and simple ideas, to compare with. */
public final class Baselines {
  private static final long MILLIS = 1_000_000;
  private static final long SECONDS = 1000 * MILLIS;

  private Baselines() {}

  /** Each call is one request. */
  public static Policy noRetry() {
    return Policy.baseline("no retry", () -> (attempts, failure, now, random) -> Baseline.GIVE_UP);
  }

  /** 5 attempts, 1 s apart. */
  public static Policy fixedDelay() {
    return Policy.baseline("fixed 1 s", () -> (attempts, failure, now, random) -> attempts < 5 ? SECONDS : Baseline.GIVE_UP);
  }

  /** 5 attempts, full jitter from 50 ms. */
  public static Policy fullJitter() {
    return Policy.baseline(
        "full jitter",
        () -> (attempts, failure, now, random) -> attempts < 5 ? jittered(50 * MILLIS, attempts - 1, random) : Baseline.GIVE_UP);
  }

  /** The official Java SDK v1: 4 attempts, 300 ms doubled each time, without jitter; 429 ends the call. */
  public static Policy sdkV1() {
    return Policy.baseline(
        "SDK v1",
        () -> (attempts, failure, now, random) ->
            attempts < 4 && failure != Baseline.Failure.TOO_MANY_REQUESTS ? (300 * MILLIS) << attempts : Baseline.GIVE_UP);
  }

  /** The official SDKs v2: 3 attempts, full jitter from 200 ms. */
  public static Policy sdkV2() {
    return Policy.baseline(
        "SDK v2",
        () -> (attempts, failure, now, random) -> attempts < 3 ? jittered(200 * MILLIS, attempts - 1, random) : Baseline.GIVE_UP);
  }

  /** 5 attempts with full jitter from 50 ms; a retry costs a token of 20, and a call brings a tenth of one. */
  public static Policy tenPercentBudget() {
    return Policy.baseline("10 % budget", () -> new Budget(0.1, 20));
  }

  /** AWS's standard mode of 2026: 500 tokens, of which a retry costs 14, or 5 after a throttle; a success brings that back, or 1. */
  public static Policy aws2026() {
    return Policy.baseline("AWS 2026 bucket", AwsBucket::new);
  }

  /** 5 attempts, each at the pace that the client found out by additive increase and multiplicative decrease. */
  public static Policy localAimd() {
    return Policy.baseline("local AIMD", Aimd::new);
  }

  /** Uniform up to {@code base} doubled so many times, and up to 20 s. */
  static long jittered(long base, int doublings, SplittableRandom random) {
    return (long) (Math.min(20.0 * SECONDS, base * Math.pow(2, doublings)) * random.nextDouble());
  }

  private static final class Budget implements Baseline {
    private final double deposit;
    private final double most;
    private double tokens;

    Budget(double deposit, double most) {
      this.deposit = deposit;
      this.most = most;
      this.tokens = most;
    }

    @Override
    public long afterFailure(int attempts, Failure failure, long now, SplittableRandom random) {
      earn(attempts);
      if (attempts >= 5 || tokens < 1) {
        return GIVE_UP;
      }
      tokens--;
      return jittered(50 * MILLIS, attempts - 1, random);
    }

    @Override
    public void succeeded(int attempts, long now) {
      earn(attempts);
    }

    /** Once per call. */
    private void earn(int attempts) {
      tokens = attempts == 1 ? Math.min(most, tokens + deposit) : tokens;
    }
  }

  private static final class AwsBucket implements Baseline {
    private static final int CAPACITY = 500;

    private int tokens = CAPACITY;

    /** Of the last retry of a call; all of a client's calls share it, which is near enough: most failures are of one kind at a time. */
    private int lastCost = 14;

    @Override
    public long afterFailure(int attempts, Failure failure, long now, SplittableRandom random) {
      boolean throttled = failure == Failure.THROTTLED || failure == Failure.TOO_MANY_REQUESTS;
      int cost = throttled ? 5 : 14;
      if (attempts >= 3 || tokens < cost) {
        return GIVE_UP;
      }
      tokens -= cost;
      lastCost = cost;
      return jittered(throttled ? SECONDS : 50 * MILLIS, attempts - 1, random);
    }

    @Override
    public void succeeded(int attempts, long now) {
      tokens = Math.min(CAPACITY, tokens + (attempts > 1 ? lastCost : 1));
    }
  }
}
