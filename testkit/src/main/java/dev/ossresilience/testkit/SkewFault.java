package dev.ossresilience.testkit;

import java.time.Duration;

/** A server whose clock is moved. */
record SkewFault(Duration offset) implements Fault {
  @Override
  public String name() {
    return "skewed" + offset;
  }
}
