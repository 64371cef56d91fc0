package dev.ossresilience.testkit.fault;

import java.time.Duration;

/** A server whose clock is moved. */
public record SkewFault(Duration offset) implements Fault {
  @Override
  public String name() {
    return "skewed" + offset;
  }

  @Override
  public String toString() {
    return "skewed " + offset;
  }
}
