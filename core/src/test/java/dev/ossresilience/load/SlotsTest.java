package dev.ossresilience.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.error.ThrottleScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits on how many attempts may be under way at a time. */
class SlotsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Traffic PUT = new Traffic(ThrottleScope.UPLOAD, 1, false, "bucket", "key");

  private final Slots slots = new Slots();

  /** So many under way, of which one is refused. */
  private void refuseOneOf(int many) {
    for (int i = 0; i < many; i++) {
      slots.sent(null, 0);
    }
    slots.refused(1, 0);
  }

  private boolean enters(Slots.Place place) {
    return slots.enter(place, 1);
  }

  @Test
  void nothingIsLimitedBeforeSomethingIsRefused() {
    for (int i = 0; i < 10_000; i++) {
      slots.sent(null, 0);
    }
    assertThat(slots.areLimited(0)).isFalse();
    assertThat(slots.underWay()).isEqualTo(10_000);
  }

  @Test
  void afterARefusalAShareOfWhatWasUnderWayMayBe() {
    refuseOneOf(20);
    assertThat(slots.areLimited(1)).isTrue();
    assertThat(enters(new Slots.Place())).as("19 are under way, 18 may be").isFalse();
    slots.ended(1);
    assertThat(slots.underWay()).isEqualTo(18);
    assertThat(slots.waiting()).isEqualTo(1);
    slots.ended(1);
    assertThat(slots.waitOfNext(1)).as("the one in line has the slot").isPositive();
  }

  @Test
  void refusalsOfOneMomentAreCountedAndNotTakenForTheNextLimit() {
    for (int i = 0; i < 100; i++) {
      slots.sent(null, 0);
    }
    for (int i = 0; i < 30; i++) {
      slots.refused(1, 0);
    }
    int more = 0;
    while (slots.underWay() > 0) {
      slots.ended(1);
    }
    while (enters(new Slots.Place())) {
      more++;
    }
    assertThat(more).as("90 after the first, one less for each of 29 more").isEqualTo(61);
  }

  @Test
  void oneMayAlwaysBeUnderWay() {
    for (int i = 0; i < 50; i++) {
      slots.sent(null, i);
      slots.refused(i + 0.5, i);
    }
    assertThat(slots.enter(new Slots.Place(), 50)).isTrue();
    assertThat(slots.enter(new Slots.Place(), 50)).isFalse();
  }

  @Test
  void successesRaiseALimitThatIsUsedUpAndNoOther() {
    refuseOneOf(20);
    for (int i = 0; i < 19; i++) {
      slots.accepted(2, 0.1); // two of 18, and then fewer and fewer
    }
    assertThat(limit()).isEqualTo(18);
    succeed(18);
    assertThat(limit()).as("up to where it was refused").isEqualTo(19);
    succeed(50);
    assertThat(limit()).as("there slowly").isEqualTo(19);
    succeed(100);
    assertThat(limit()).as("and then faster").isEqualTo(20);
    succeed(400);
    assertThat(limit()).isGreaterThan(40);
  }

  /** So many, each with as many under way as are allowed. */
  private void succeed(int times) {
    for (int i = 0; i < times; i++) {
      int others = limit();
      for (int j = 0; j < others; j++) {
        slots.sent(null, 2);
      }
      slots.accepted(2, 0.1);
      for (int j = 1; j < others; j++) {
        slots.ended(2);
      }
    }
  }

  /** How many may be under way, with none that is. */
  private int limit() {
    Slots.Place last = new Slots.Place();
    List<Slots.Place> entered = new ArrayList<>();
    for (; slots.enter(last, 2); last = new Slots.Place()) {
      entered.add(last);
    }
    slots.leave(last, 2);
    entered.forEach(place -> slots.leave(place, 2));
    return entered.size();
  }

  @Test
  void whoComesFirstGoesFirstAndWhoLeavesHoldsUpNobody() {
    refuseOneOf(2);
    List<Slots.Place> line = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      line.add(new Slots.Place());
      assertThat(enters(line.get(i))).isFalse();
    }
    slots.leave(line.get(1), 1);
    for (int i : new int[] {0, 2, 3}) {
      slots.ended(1);
      assertThat(slots.remaining(line.get(i), 1)).isZero();
      assertThat(slots.remaining(line.get(5), 1)).isPositive();
      slots.sent(line.get(i), 1);
    }
    slots.ended(1);
    slots.leave(line.get(4), 1); // it had the slot
    assertThat(slots.remaining(line.get(5), 1)).isZero();
    assertThat(slots.waiting()).isEqualTo(1);
  }

  @Test
  void anHourLaterNothingIsLimited() {
    refuseOneOf(5);
    assertThat(slots.areLimited(3600)).isFalse();
  }

  @Test
  void whoWaitsDoesNotAskAllTheTime() {
    refuseOneOf(2);
    Slots.Place first = new Slots.Place();
    enters(first);
    int asked = 0;
    double now = 1;
    for (double nap = slots.remaining(first, now); now < 3600; nap = slots.remaining(first, now)) {
      now += Math.min(1, nap); // as long as a call naps
      asked++;
    }
    assertThat(asked).as("one request that hangs for an hour").isLessThan(3600 + 100);
  }

  /** What happens next in virtual time. */
  private record Happening(long at, int order, Runnable what) implements Comparable<Happening> {
    @Override
    public int compareTo(Happening other) {
      return at != other.at ? Long.compare(at, other.at) : Integer.compare(order, other.order);
    }
  }

  /** A server that works on so many at a time, each for 20 to 80 ms, and refuses more; calls that come at random, and wait for their turns. */
  private static final class World {
    final PriorityQueue<Happening> agenda = new PriorityQueue<>();
    final LoadControl load = new LoadControl(RetryBudget.unlimited(), true, null, 0);
    final SplittableRandom random;
    final int limit;
    long now;
    int order;
    int active;
    int peak;
    long busy;
    int sent;
    int refused;
    int done;
    int asked;
    long longest;

    World(int limit, long seed) {
      this.limit = limit;
      this.random = new SplittableRandom(seed);
    }

    void in(long nanos, Runnable what) {
      agenda.add(new Happening(now + nanos, order++, what));
    }

    void call(long since) {
      Turn turn = load.turn(PUT, now, MINUTE.multipliedBy(60));
      wait(Objects.requireNonNull(turn), since);
    }

    private void wait(Turn turn, long since) {
      asked++;
      Duration remaining = turn.remaining(now);
      if (!remaining.isZero()) {
        in(remaining.toNanos(), () -> wait(turn, since));
        return;
      }
      assertThat(load.admits(PUT, turn, true, now)).isTrue();
      long sentAt = now;
      sent++;
      if (active == limit) {
        refused++;
        in(TimeUnit.MILLISECONDS.toNanos(5), () -> {
          load.answered(PUT, true, ThrottleScope.CONCURRENCY, false, 0, sentAt, now);
          in(TimeUnit.MILLISECONDS.toNanos(random.nextInt(2000)), () -> call(since));
        });
        return;
      }
      active++;
      peak = Math.max(peak, load.underWay());
      long work = TimeUnit.MICROSECONDS.toNanos(20_000 + random.nextInt(60_000));
      in(work, () -> {
        active--;
        busy += work;
        done++;
        longest = Math.max(longest, now - since);
        load.answered(PUT, false, null, false, 0, sentAt, now);
      });
    }

    void run(Duration duration) {
      while (!agenda.isEmpty() && agenda.element().at < duration.toNanos()) {
        Happening next = agenda.remove();
        now = next.at;
        next.what.run();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1.2, 7", "4, 1.2, 7", "16, 1.2, 7", "64, 1.2, 7", "64, 0.8, 7"})
  void aLimitIsUsedUpWithFewRefusals(int limit, double offered, long seed) {
    World world = new World(limit, seed);
    Duration duration = Duration.ofMinutes(2);
    double perSecond = offered * limit / 0.05;
    for (double at = 0; at < 120; at -= Math.log(1 - world.random.nextDouble()) / perSecond) {
      long nanos = (long) (at * 1e9);
      world.in(nanos, () -> world.call(nanos));
    }
    world.run(duration);
    double used = (double) world.busy / duration.toNanos() / limit;
    System.out.printf(
        "at most %d at a time, %.1f offered, seed %d: %.1f %% used, %.2f %% refused, asked %.1f times, longest wait %d ms%n",
        limit, offered, seed, 100 * used, 100.0 * world.refused / world.sent, (double) world.asked / world.sent, world.longest / 1_000_000);
    assertThat(used).isGreaterThan(Math.min(1, offered) * 0.8);
    assertThat((double) world.refused / world.sent).isLessThan(0.03);
    assertThat((double) world.asked / world.sent).as("nobody asks all the time").isLessThan(40);
  }
}
