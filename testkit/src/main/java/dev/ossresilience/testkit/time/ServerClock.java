package dev.ossresilience.testkit.time;

import dev.ossresilience.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** The clock a simulated server judges by: a time source and how far off the server's host is. Thread-safe. */
public final class ServerClock {
  private final TimeSource time;
  private Duration offset = Duration.ZERO;

  public ServerClock(TimeSource time) {
    this.time = time;
  }

  public synchronized Instant now() {
    return time.wallTime().plus(offset);
  }

  /** Sets how far the server is ahead of the time source; false if it already was so far ahead. */
  public synchronized boolean setOffset(Duration newOffset) {
    boolean changed = !newOffset.equals(offset);
    offset = newOffset;
    return changed;
  }
}
