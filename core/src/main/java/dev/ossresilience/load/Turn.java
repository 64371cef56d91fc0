package dev.ossresilience.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The places of one attempt in the queues of all scopes that count it. For one call. */
public final class Turn {
  private record Place(Pacer pacer, double number, double amount) {}

  private final List<Place> places = new ArrayList<>(2);

  Turn() {}

  void add(Pacer pacer, double number, double amount) {
    places.add(new Place(pacer, number, amount));
  }

  /** How long it is until it comes, at the present pace; zero if it has come. */
  public Duration remaining(long nowNanos) {
    double longest = 0;
    for (Place place : places) {
      longest = Math.max(longest, place.pacer.remaining(place.number, Pacing.seconds(nowNanos)));
    }
    return Duration.ofNanos((long) Math.ceil(longest * 1e9));
  }

  /** Leaves all queues: nobody waits for it any more. */
  public void giveUp(long nowNanos) {
    for (Place place : places) {
      place.pacer.giveBack(place.number, place.amount, Pacing.seconds(nowNanos));
    }
  }
}
