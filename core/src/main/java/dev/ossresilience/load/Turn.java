package dev.ossresilience.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The places of one attempt in the queues of all scopes that count it. For one call. */
public final class Turn {
  private record Place(Pacer pacer, double number) {}

  private final List<Place> places = new ArrayList<>(2);

  Turn() {}

  void add(Pacer pacer, double number) {
    places.add(new Place(pacer, number));
  }

  /** How long it is until it comes, at the present pace; zero if it has come. */
  public Duration remaining(long nowNanos) {
    double longest = 0;
    for (Place place : places) {
      longest = Math.max(longest, place.pacer.remaining(place.number, Pacing.seconds(nowNanos)));
    }
    return Duration.ofNanos((long) Math.ceil(longest * 1e9));
  }
}
