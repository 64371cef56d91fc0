package dev.ossresilience.signing;

import dev.ossresilience.time.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The local clock corrected by what is known of the server's. */
public final class CorrectedClock extends Clock {
  private final TimeSource time;
  private final ClockSkew skew;
  private final ZoneId zone;

  /** A clock that follows {@code skew} as it is learnt. */
  public CorrectedClock(TimeSource time, ClockSkew skew, ZoneId zone) {
    this.time = time;
    this.skew = skew;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new CorrectedClock(time, skew, other);
  }

  @Override
  public Instant instant() {
    return time.wallTime().plus(skew.offset());
  }
}
