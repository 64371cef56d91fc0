package dev.ossresilience.benchmarks.fleet;

import dev.ossresilience.testkit.fleet.Baselines;
import dev.ossresilience.testkit.fleet.Policy;
import java.util.List;

/**
 * A way to retry that is compared.
 *
 * @param style of its line: a class of the style sheet
 * @param words what it does
 */
public record Way(String style, Policy policy, String words) {
  private static final List<Way> ALL =
      List.of(
          new Way("ours", Policy.core("oss-resilience", builder -> builder), "this library's real core, with its defaults"),
          new Way("none", Baselines.noRetry(), "each call is one request"),
          new Way("fixed", Baselines.fixedDelay(), "5 attempts, 1 s apart"),
          new Way("jitter", Baselines.fullJitter(), "5 attempts, full jitter from 50 ms, no budget"),
          new Way("v1", Baselines.sdkV1(), "the rules of OSS's Java SDK v1: 4 attempts, 0.3 s doubled each time, no jitter, but not its timeout of 50 s"),
          new Way("v2", Baselines.sdkV2(), "the rules of OSS's Java SDK v2: 3 attempts, full jitter from 0.2 s, but not its timeout of 20 s"),
          new Way("aws", Baselines.aws2026(), "the rules of AWS's standard mode of 2026: 3 attempts, each client with 500 tokens to pay retries with"));

  /** Ours first: it takes longest to run. */
  public static List<Way> all() {
    return ALL;
  }

  public String name() {
    return policy.name();
  }

  public boolean ours() {
    return style.equals("ours");
  }
}
