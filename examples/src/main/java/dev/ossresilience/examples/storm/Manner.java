package dev.ossresilience.examples.storm;

import dev.ossresilience.OssResilience;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import java.time.Duration;

/** How a client deals with refusals. */
enum Manner {
  /** As one writes it by hand: a loop that waits a moment, the same for every failure. */
  NAIVE("naive", "each upload is tried 4 times, 100 ms apart") {
    @Override
    OssResilience.Builder apply(OssResilience.Builder settings) {
      Backoff moment = Backoff.fixed(Duration.ofMillis(100));
      return settings
          .policy(RetryPolicy.builder().maxAttempts(4).transientBackoff(moment).throttledBackoff(moment).build())
          .retryBudget(RetryBudget.unlimited())
          .pacing(false)
          .withoutCircuitBreaker();
    }
  },
  /**
   * The library's defaults: who is refused learns the pace, and first attempts wait for their turn too.
   */
  PACED("paced", "first attempts and repetitions wait for their turn, at a pace that follows the refusals") {
    @Override
    OssResilience.Builder apply(OssResilience.Builder settings) {
      return settings;
    }
  };

  private final String label;
  private final String description;

  Manner(String label, String description) {
    this.label = label;
    this.description = description;
  }

  abstract OssResilience.Builder apply(OssResilience.Builder settings);

  String label() {
    return label;
  }

  String description() {
    return description;
  }
}
