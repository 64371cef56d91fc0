package dev.ossresilience.testkit.fault;

import java.time.Duration;

/** An answer that comes later than the request was carried out. */
public record LateAnswerFault(Duration delay) implements Fault {
  /** Longer than the timeouts clients have by default, and no longer than a test can be held up by mistake. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  public LateAnswerFault {
    if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("an answer can be late by PT0S to " + LONGEST + ", not by " + delay);
    }
  }

  @Override
  public String name() {
    return "applyThenAnswerLate";
  }

  @Override
  public String toString() {
    return name() + " " + delay;
  }
}
