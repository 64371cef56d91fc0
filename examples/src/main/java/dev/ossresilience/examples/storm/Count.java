package dev.ossresilience.examples.storm;

import dev.ossresilience.testkit.OssSimulator;

/** How many requests a simulator has let pass, and how many it has refused for the limit. */
record Count(int stored, int refused) {
  static final Count NONE = new Count(0, 0);

  /** Until now. What is being answered may be counted as refused before it is counted as a request. */
  static Count of(OssSimulator server) {
    int refused = server.limitsStruck().values().stream().mapToInt(Integer::intValue).sum();
    return new Count(Math.max(0, server.requestCount() - refused), refused);
  }

  Count since(Count before) {
    return new Count(Math.max(0, stored - before.stored), refused - before.refused);
  }
}
