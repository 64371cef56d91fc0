package dev.ossresilience.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps what is sent into one scope of OSS's limits at the pace that OSS has shown to allow. Whoever wants to send gets the next free slot:
 * first come, first served, and no wait depends on another's end. Thread-safe; its lock is held for some arithmetic.
 *
 * <p>After a refusal the pace falls to a part of what was sent, comes back fast to just below where it was refused, crosses that slowly,
 * and goes on the faster the longer nothing is refused: the curve of {@link CubicRate}.
 */
final class Pacer {
  /** What is left of the pace after a refusal, as CUBIC has it. */
  private static final double BETA = 0.7;

  /** How close to the limit the pace comes back fast. */
  private static final double NEAR = 0.9;

  /** How fast: it doubles in so many seconds. */
  private static final double DOUBLES_IN = 1;

  private static final double DOUBLES_IN_AFTER_OUTAGE = 0.4;

  /** A refusal below what was taken for the limit lowers that to so much. */
  private static final double LOWER = 0.8;

  /** The same where no limit was named: it may be an outage, after which all is as it was. */
  private static final double LOWER_IN_OUTAGE = 0.98;

  /**
   * How steeply the limit is crossed, in units per second to the fourth. One number for all, as in CUBIC, so that small clients catch up with
   * large ones; small enough that of a fleet's requests seldom more than one in twenty-five is refused.
   */
  private static final double SCALE = 0.00015;

  /** A limit is looked for again soon enough after it was raised, and not so often that a fleet is always over it; in seconds. */
  private static final double LEAST_SECONDS_ACROSS = 5;

  private static final double MOST_SECONDS_ACROSS = 15;

  /** In units per second: who has more of a limit than so many meets it so seldom that it can be looked for sooner. */
  private static final double LARGE = 10;

  /** After an outage there was no limit perhaps; in seconds. */
  private static final double SECONDS_ACROSS_AFTER_OUTAGE = 1;

  /**
   * What has piled up goes out so much faster than what came in before, as long as answers come as quickly as ever: a server that answers
   * slowly has a queue already, and gets less than before.
   */
  private static final double CATCHING_UP = 1.25;

  /** Slower than it comes in, so that the queue which a slow answer tells of can go. */
  private static final double SLOW = 0.8;

  /** Who wants so many times what was wanted before wants something new; less may be chance. */
  private static final double OUTGROWN = 2;

  /** What was wanted before is only known from so long on: whoever starts in an outage has little to compare with; in seconds. */
  private static final double WELL_MEASURED = 5;

  /** So long after the last refusal what was wanted before is no measure any more; in seconds. */
  private static final double FORGOTTEN_AFTER = 30;

  /** What is slow for so long after is so for good perhaps, and not because of what has piled up; in seconds. */
  private static final double FORGOTTEN_AFTER_IF_SLOW = 90;

  /** OSS counts its limits by the second: what is refused within one was too much in the same second; in seconds. */
  private static final double LIMITS_COUNT_PER = 1;

  /** Something goes out at least every so many seconds: else nobody would notice that more is allowed again. */
  private static final double MOST_SECONDS_BETWEEN = 5;

  /** When nothing was refused for so long, and nobody waits for long, nothing needs to be paced; in seconds. */
  private static final double CALM_SECONDS = 60;

  /** What has piled up is more than this: without a pace it would all go out at once; in seconds. */
  private static final double SHORT_WAIT = 0.5;

  private final double unit;
  private final CubicRate cubic = new CubicRate(1 - NEAR);
  private final SendingRate sending;
  private double rate;
  private double limit;

  /** How much was wanted before anything was refused, per second. */
  private final double before;

  private final double outgrown;

  /** The place of who comes next, in units since the beginning. */
  private double given;

  /** Places that were given back before their turn, and how much each takes: who is behind one doesn't wait for it. */
  private final TreeMap<Double, Double> gaps = new TreeMap<>();

  /** Places that take less than what is sent in them, and how much: given back, they free no more, whatever the pace has become. */
  private final TreeMap<Double, Double> shortened = new TreeMap<>();

  /** Whose turn has come: everybody's up to here. */
  private double passed;

  private double passedAt;
  private double updated;
  private boolean crossing;
  private boolean named;
  private double lastRefusal = Double.NEGATIVE_INFINITY;

  /**
   * A pacer for a scope in which something was refused at {@code now}, when {@code rate} was wanted per second, 0 if that isn't known.
   *
   * @param measured for how many seconds that was counted
   * @param unit what one request amounts to, at least
   */
  Pacer(double now, double rate, double measured, double unit) {
    this.unit = unit;
    this.outgrown = measured < WELL_MEASURED ? 1 : OUTGROWN;
    this.sending = new SendingRate(now);
    this.passedAt = now;
    this.updated = now;
    this.rate = rate > 0 ? Math.max(slowest(), rate) : unit;
    this.limit = this.rate;
    this.before = this.rate;
  }

  /**
   * Takes the next place.
   *
   * @param amount in the scope's units
   * @param atMost the longest wait that is of use at the present pace, in seconds
   * @return the place, for {@link #remaining}; negative if the wait is too long, and nothing was taken
   */
  synchronized double take(double now, double amount, double atMost) {
    pass(now);
    if (queued(given) / rate > atMost) {
      return -1;
    }
    double place = given;
    double width = bounded(amount);
    if (width < amount) {
      shortened.put(place, width);
    }
    given += width;
    sending.sent(now, amount);
    return place;
  }

  /** Gives a place back in which nothing is sent. If its turn hasn't come, those behind it move up: they would else wait for nobody. */
  synchronized void giveBack(double place, double amount, double now) {
    pass(now);
    sending.takenBack(now, amount);
    Double width = shortened.remove(place);
    if (place >= passed) {
      free(place, width == null ? amount : width);
    }
  }

  private void free(double place, double width) {
    if (place + width >= given) {
      given = place;
      return;
    }
    Map.Entry<Double, Double> ahead = gaps.floorEntry(place);
    if (ahead != null && ahead.getKey() + ahead.getValue() >= place) { // mostly who came first leaves first: one gap is enough
      gaps.put(ahead.getKey(), ahead.getValue() + width);
    } else {
      gaps.put(place, width);
    }
  }

  /** What those ahead of a place have to send. */
  private double queued(double place) {
    double free = 0;
    for (double gap : gaps.headMap(place).values()) {
      free += gap;
    }
    return Math.max(0, place - passed - free);
  }

  /** How long it is until the turn of a place comes, in seconds, at the present pace: it can change until then. */
  synchronized double remaining(double place, double now) {
    pass(now);
    return queued(place) / rate;
  }

  /** Lets time go by: places pass at the pace of the moment, and what nobody wanted is not saved up. */
  private void pass(double now) {
    if (now > passedAt) {
      passed += (now - passedAt) * rate;
      passedAt = now;
    }
    while (!gaps.isEmpty() && gaps.firstKey() <= passed) {
      passed += gaps.pollFirstEntry().getValue();
    }
    while (!shortened.isEmpty() && shortened.firstKey() < passed) {
      shortened.pollFirstEntry();
    }
    given = Math.max(given, passed);
  }

  /**
   * Something that was sent at {@code sentAt} was refused. What was sent before the pace was slowed says nothing of the pace since.
   *
   * @param named whether the refusal names this scope's limit, or only says that there is too much of something
   */
  synchronized void refused(double now, double sentAt, boolean named) {
    if (sentAt < lastRefusal + LIMITS_COUNT_PER) {
      return;
    }
    pass(now);
    double measured = sending.perSecond(now);
    double tooMuch = queued(given) > 0 || measured <= 0 ? rate : Math.min(measured, rate); // with a queue the pace itself is what is sent
    limit = tooMuch > NEAR * limit ? tooMuch : Math.max(tooMuch, limit * (named ? LOWER : LOWER_IN_OUTAGE));
    this.named = named;
    changeTo(now, Math.max(slowest(), BETA * tooMuch));
    lastRefusal = now;
    crossing = false;
  }

  /**
   * Something was not refused.
   *
   * @param more what it amounted to beyond what was reserved for it: whoever comes next waits for that
   * @param slow whether the answer took much longer than usual
   */
  synchronized void accepted(double now, double more, boolean slow) {
    if (more > 0) {
      pass(now);
      given += bounded(more);
      sending.sent(now, more);
    }
    double elapsed = Math.max(0, now - updated);
    updated = now;
    if (!crossing) {
      double faster = rate * Math.pow(2, elapsed / (named ? DOUBLES_IN : DOUBLES_IN_AFTER_OUTAGE));
      crossing = faster >= NEAR * limit;
      if (crossing) {
        cubic.refusedAt(now, limit, named ? secondsAcross(limit / unit) : SECONDS_ACROSS_AFTER_OUTAGE);
      }
      changeTo(now, Math.min(faster, NEAR * limit));
    } else {
      double useful = Math.max(slowest(), 2 * sending.perSecond(now)); // more than twice of what is sent makes no difference
      changeTo(now, Math.min(Math.max(rate, Math.min(cubic.at(now), useful)), most(now, slow)));
    }
  }

  /** How long it takes from near a limit of so many units per second to it. */
  static double secondsAcross(double limit) {
    double seconds = Math.cbrt((1 - NEAR) * limit / SCALE);
    double most = limit > LARGE ? MOST_SECONDS_ACROSS * Math.cbrt(LARGE / limit) : MOST_SECONDS_ACROSS;
    return Math.max(LEAST_SECONDS_ACROSS, Math.min(most, seconds));
  }

  /** More than was ever wanted might make a difference to the server. */
  private double most(double now, boolean slow) {
    double calm = now - lastRefusal;
    double comesIn = sending.perSecond(now); // what has piled up is in it once
    double wanted = comesIn > (calm < FORGOTTEN_AFTER ? outgrown : 1) * before ? comesIn : before;
    return Math.max(slowest(), (slow && calm < FORGOTTEN_AFTER_IF_SLOW ? SLOW : CATCHING_UP) * wanted);
  }

  private double slowest() {
    return unit / MOST_SECONDS_BETWEEN;
  }

  /** One request holds up the others for a while at most, however much it has, or says it has. */
  private double bounded(double amount) {
    return Math.min(amount, Math.max(unit, rate * MOST_SECONDS_BETWEEN));
  }

  private void changeTo(double now, double pace) {
    pass(now); // until now it went at the pace before
    rate = pace;
    updated = now;
  }

  /** In units per second. */
  synchronized double pace() {
    return rate;
  }

  /** Whether it no longer makes a difference. */
  synchronized boolean isIdle(double now) {
    return now - lastRefusal > CALM_SECONDS && queued(given) <= rate * SHORT_WAIT;
  }
}
