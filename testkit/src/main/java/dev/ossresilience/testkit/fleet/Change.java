package dev.ossresilience.testkit.fleet;

import java.time.Duration;

/** Something that becomes different on the server, at a time since the start. */
public sealed interface Change {
  Duration at();

  /** From then on the server does {@code factor} times what it usually does, 0 or more. */
  record Capacity(Duration at, double factor) implements Change {
    public Capacity {
      if (at.isNegative() || !(factor >= 0)) {
        throw new IllegalArgumentException("a change of capacity can't be at " + at + " or to " + factor + " times the usual");
      }
    }
  }

  /** From then on this limit holds, in place of the one of the same scope if there is one. */
  record Limited(Duration at, Limit limit) implements Change {
    public Limited {
      if (at.isNegative()) {
        throw new IllegalArgumentException("a limit can't change at " + at);
      }
    }
  }
}
