package dev.ossresilience.testkit.store;

import java.time.Duration;
import java.time.Instant;

/**
 * A readable copy of an archived object.
 *
 * @param ready when it can be read
 * @param expiry when it can't be read any more
 */
public record Restoration(Instant ready, Instant expiry) {
  /** How long it takes: what OSS needs for an Archive object at most; ColdArchive takes it hours, which nobody wants to simulate. */
  private static final Duration WORK = Duration.ofMinutes(1);

  public static Restoration start(Instant now, int days) {
    return new Restoration(now.plus(WORK), now.plus(WORK).plus(Duration.ofDays(days)));
  }

  public boolean isOngoing(Instant now) {
    return now.isBefore(ready);
  }

  public boolean isReadable(Instant now) {
    return !isOngoing(now) && now.isBefore(expiry);
  }

  /** The same copy for {@code days} from now. */
  public Restoration extended(Instant now, int days) {
    return new Restoration(ready, now.plus(Duration.ofDays(days)));
  }
}
