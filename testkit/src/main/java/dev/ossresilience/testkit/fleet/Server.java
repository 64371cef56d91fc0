package dev.ossresilience.testkit.fleet;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The model of OSS: limits, then a queue, then one worker that does so many requests per second. It doesn't know which clients have given
 * up waiting, and works for those as well: that is why an overload can outlast its cause.
 */
final class Server {
  private static final double SECOND = 1e9;

  private final Scenario scenario;
  private final Agenda agenda;
  private final Tally tally;
  private final Account account = new Account();
  private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
  private double factor = 1;
  private @Nullable Attempt current;

  /** Work left on the current one, in requests. */
  private double workLeft;

  private long workedFrom;

  /** Work that refusals made, to be done before the next request, in requests. */
  private double refusals;

  /** Which plan for the end of the current work holds. */
  private int plan;

  Server(Scenario scenario, Agenda agenda, Tally tally) {
    this.scenario = scenario;
    this.agenda = agenda;
    this.tally = tally;
    for (Change change : scenario.changes()) {
      agenda.at(change.at().toNanos(), () -> apply(change));
    }
  }

  Account account() {
    return account;
  }

  private void apply(Change change) {
    if (change instanceof Change.Limited limited) {
      account.set(limited.limit(), agenda.nanoTime());
    } else if (change instanceof Change.Capacity capacity) {
      workLeft = Math.max(0, workLeft - (agenda.nanoTime() - workedFrom) / SECOND * rate());
      factor = capacity.factor();
      if (current != null) {
        work();
      }
    }
  }

  private double rate() {
    return scenario.capacity() * factor;
  }

  /** A request arrives. */
  void receive(Attempt attempt) {
    tally.count(Measure.ARRIVED);
    long now = agenda.nanoTime();
    int active = waiting.size() + (current == null ? 0 : 1);
    Answer refusal = account.refuse(attempt.traffic(), active, now);
    if (refusal == null && active > scenario.queue()) {
      refusal = Answer.UNAVAILABLE;
    }
    if (refusal != null) {
      // Refusals that it doesn't get round to are cheaper still: no more of them wait than requests do.
      refusals = Math.min(refusals + scenario.refusalCost(), scenario.queue() * scenario.refusalCost());
      attempt.answer(refusal, 0);
      return;
    }
    attempt.slowedBy(account.charge(attempt.traffic(), now));
    if (current == null) {
      begin(attempt);
    } else {
      waiting.add(attempt);
    }
  }

  private void begin(Attempt attempt) {
    current = attempt;
    workLeft = 1 + refusals;
    refusals = 0;
    work();
  }

  /** Plans the end of the current work at the current rate; at a rate of zero there is none. */
  private void work() {
    workedFrom = agenda.nanoTime();
    int valid = ++plan;
    if (rate() > 0) {
      agenda.in((long) (workLeft / rate() * SECOND), () -> done(valid));
    }
  }

  private void done(int planned) {
    Attempt worked = current;
    if (planned != plan || worked == null) {
      return;
    }
    tally.count(worked.isGivenUp() ? Measure.WASTED : Measure.SERVED);
    worked.done();
    Attempt next = waiting.poll();
    current = null;
    if (next != null) {
      begin(next);
    }
  }
}
