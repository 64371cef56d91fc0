package dev.ossresilience.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places of one attempt in the queues of all scopes that count it, and then in the line for a slot. For one call. */
public final class Turn {
  private record Place(Pacer pacer, double number, double amount) {}

  private final List<Place> places;
  private final @Nullable Slots slots;

  /** In the line: once the pace allows it, for who still waits for that shall keep no slot from others. */
  private Slots.@Nullable Place slot;

  Turn() {
    this(new ArrayList<>(2), null);
  }

  private Turn(List<Place> places, @Nullable Slots slots) {
    this.places = places;
    this.slots = slots;
  }

  /** The same with a slot to be waited for. */
  Turn within(Slots limited) {
    return new Turn(places, limited);
  }

  void add(Pacer pacer, double number, double amount) {
    places.add(new Place(pacer, number, amount));
  }

  /** How long it is until it comes, or until it is worth asking again, as things are at present; zero if it has come. */
  public Duration remaining(long nowNanos) {
    if (places.isEmpty() && slots == null) {
      return Duration.ZERO; // as long as nothing is limited
    }
    double now = Pacing.seconds(nowNanos);
    double longest = 0;
    for (Place place : places) {
      longest = Math.max(longest, place.pacer.remaining(place.number, now));
    }
    if (longest == 0 && slots != null) {
      if (slot == null) {
        slot = new Slots.Place();
        slots.enter(slot, now);
      }
      longest = slots.remaining(slot, now);
    }
    return Duration.ofNanos((long) Math.ceil(longest * 1e9));
  }

  /** Leaves all queues: nothing is sent. */
  public void giveUp(long nowNanos) {
    for (Place place : places) {
      place.pacer.giveBack(place.number, place.amount, Pacing.seconds(nowNanos));
    }
    if (slots != null && slot != null) {
      slots.leave(slot, Pacing.seconds(nowNanos));
      slot = null;
    }
  }

  /** It is used now: the place in the line is no longer needed, null if there is none. */
  Slots.@Nullable Place use() {
    Slots.Place used = slot;
    if (used != null) { // many share the turn that has come
      slot = null;
    }
    return used;
  }
}
