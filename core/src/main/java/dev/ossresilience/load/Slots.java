package dev.ossresilience.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of attempts under way within what OSS has shown to allow at a time. Only counts until OSS first refuses one because too
 * many are under way; from then on who wants to send waits in a line: first come, first served. The limit falls with refusals, grows by one
 * with as many successes as it allows at a time, slowly where it was refused, and then the faster the longer nothing is. Times are in seconds
 * of any clock. Thread-safe; its lock is held for some arithmetic, and not taken at all while nothing is limited.
 */
final class Slots {
  /** What is left of what was under way after a refusal: a limit is mostly met by one too many. */
  private static final double SHARE = 0.9;

  /** Each further one that was refused at the same time was too many as well, down to so much: some of them may be other clients' doing. */
  private static final double LEAST_SHARE = 0.5;

  /** How many successes it takes to try about one more than were refused: so that seldom more than one in a hundred is. */
  private static final double CAUTION = 150;

  /** Long enough after the last refusal nothing needs to wait; in seconds, as in {@link Pacer}. */
  private static final double CALM_SECONDS = 60;

  /** How much the last success counts in the average duration. */
  private static final double WEIGHT = 0.1;

  /** Until a success tells; in seconds. */
  private static final double USUAL_DURATION = 0.1;

  /** Who waits looks for its slot after this part of the time that it should take: seldom too late, and not all the time. */
  private static final double LOOK_AFTER = 0.5;

  /** When no slot came free for long, others won't soon either: it is looked for after this part of that. */
  private static final double LOOK_AFTER_STANDSTILL = 0.25;

  /** Nobody looks more often, in seconds: timers aren't more exact. */
  private static final double LEAST_NAP = 0.002;

  /** A place in the line, or the slot that it has come to. Belongs to the lock of its slots. */
  static final class Place {
    private long number;
    private boolean hasSlot;
  }

  /** By their numbers, which grow. */
  private final Map<Long, Place> line = new LinkedHashMap<>();

  /** Also counted while nothing is limited, without a lock. */
  private final LongAdder underWay = new LongAdder();

  /** Of places that have left the line and haven't sent yet. */
  private int assigned;

  private long nextNumber;
  private volatile boolean limiting;
  private double limit;

  /** What was not too many when the last was refused. */
  private double found;

  /** The limit doesn't fall below while what was sent before {@link #lowered} is refused. */
  private double least;

  private double lowered = Double.NEGATIVE_INFINITY;
  private double lastRefusal;
  private double lastSlot;
  private double duration = USUAL_DURATION;

  /** Whether who wants to send has to {@link #enter} first. */
  boolean areLimited(double now) {
    if (limiting) {
      forget(now);
    }
    return limiting;
  }

  private synchronized void forget(double now) {
    limiting = now - lastRefusal <= CALM_SECONDS || !line.isEmpty();
  }

  /** How long one more would have to wait now, by what is known; in seconds. */
  synchronized double waitOfNext(double now) {
    assign(now);
    return line.isEmpty() && isFree() ? 0 : (line.size() + 1) * duration / limit;
  }

  /** Stands in line, at its end; whether there is a slot at once. */
  synchronized boolean enter(Place place, double now) {
    place.number = nextNumber++;
    line.put(place.number, place);
    assign(now);
    return place.hasSlot;
  }

  /** How long to wait before asking again, in seconds; zero if the place has a slot, which stays its own. */
  synchronized double remaining(Place place, double now) {
    assign(now);
    if (place.hasSlot) {
      return 0;
    }
    long ahead = Math.min(line.size(), place.number - line.keySet().iterator().next() + 1); // some between may have left
    return Math.max(LEAST_NAP, Math.max(LOOK_AFTER * ahead * duration / limit, LOOK_AFTER_STANDSTILL * (now - lastSlot)));
  }

  /** Gives up a place, or the slot that nothing was sent in. */
  synchronized void leave(Place place, double now) {
    if (place.hasSlot) {
      place.hasSlot = false;
      assigned--;
    } else {
      line.remove(place.number);
    }
    assign(now);
  }

  /** Gives slots to the first in line. */
  private void assign(double now) {
    while (!line.isEmpty() && (isFree() || !limiting)) { // who comes when all is over needs to wait for nothing
      Place first = line.values().iterator().next();
      line.remove(first.number);
      first.hasSlot = true;
      assigned++;
      lastSlot = now;
    }
  }

  private boolean isFree() {
    return underWay.sum() + assigned < (int) limit;
  }

  /** Something goes out, from a place in line if there had to be one: exactly one of the following must be called when that has ended. */
  void sent(@Nullable Place place, double now) {
    if (limiting || place != null) {
      sentWhileLimited(place, now);
    } else {
      underWay.increment();
    }
  }

  private synchronized void sentWhileLimited(@Nullable Place place, double now) {
    underWay.increment();
    if (place != null) {
      leave(place, now);
    }
  }

  /** It was answered with a success, after so many seconds. */
  void accepted(double now, double seconds) {
    if (limiting) {
      acceptedWhileLimited(now, seconds);
    } else {
      underWay.decrement();
    }
  }

  private synchronized void acceptedWhileLimited(double now, double seconds) {
    duration += WEIGHT * (seconds - duration);
    if (!isFree()) { // else nothing shows that there may be more
      limit += limit < found ? Math.min(1 / limit, found - limit) : Math.min(1, (1 + limit - found) / CAUTION);
    }
    ended(now);
  }

  /** It was refused because too many were under way. */
  synchronized void refused(double now, double sentAt) {
    double many = underWay.intValue(); // itself too
    lastRefusal = now;
    if (!limiting || sentAt > lowered) {
      double tooMany = limiting ? Math.min(limit, many) : many;
      found = Math.max(1, tooMany - 1);
      limit = Math.max(1, Math.min(found, SHARE * tooMany));
      least = Math.max(1, LEAST_SHARE * tooMany);
      lowered = now;
    } else {
      limit = Math.max(Math.min(limit, least), limit - 1);
      found = Math.max(limit, found - 1);
    }
    limiting = true;
    ended(now);
  }

  /** It ended in any other way. */
  void ended(double now) {
    if (limiting) {
      endedWhileLimited(now);
    } else {
      underWay.decrement();
    }
  }

  private synchronized void endedWhileLimited(double now) {
    underWay.decrement();
    assign(now);
  }

  int underWay() {
    return underWay.intValue();
  }

  /** How many may be under way, NaN while that isn't limited. */
  synchronized double limit(double now) {
    return areLimited(now) ? Math.floor(limit) : Double.NaN;
  }

  /** How many wait, or have a slot and haven't sent yet. */
  synchronized int waiting() {
    return line.size() + assigned;
  }
}
