package dev.ossresilience.testkit.fleet;

import java.util.concurrent.TimeUnit;

/** One request on its way to the server and back. What comes after the client's timeout is dropped. */
final class Attempt {
  private final Call call;
  private final Traffic traffic;
  private final Network network;
  private long slowedNanos;
  private boolean over;

  Attempt(Call call, Traffic traffic, Network network) {
    this.call = call;
    this.traffic = traffic;
    this.network = network;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Whether the client no longer waits. */
  boolean isGivenUp() {
    return over;
  }

  /** Notes that a success is to be told so much later. */
  void slowedBy(long nanos) {
    slowedNanos = nanos;
  }

  /** The server does it, also if nobody waits. */
  void done() {
    Answer answer = call.done(traffic);
    long millis = TimeUnit.NANOSECONDS.toMillis(slowedNanos + 999_999); // a whole one for what has begun
    answer(millis == 0 ? answer : answer.slowedDown(millis), slowedNanos);
  }

  /** Sends the answer back; the server is done with the request. */
  void answer(Answer answer, long delayNanos) {
    if (!over) {
      network.bringBack(() -> arrived(answer), delayNanos);
    }
  }

  private void arrived(Answer answer) {
    if (!over) {
      over = true;
      network.tally().count(answer);
      call.answered(answer);
    }
  }

  void timedOut() {
    if (!over) {
      over = true;
      network.tally().count(Measure.TIMED_OUT);
      call.timedOut();
    }
  }
}
