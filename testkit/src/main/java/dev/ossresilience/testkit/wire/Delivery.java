package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.fault.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an answer goes back to the client.
 *
 * @param delay how long it takes, zero for most
 * @param fault the fault that the request met, null if none happened to it
 */
record Delivery(Answer answer, Manner manner, Duration delay, @Nullable Fault fault) {
  enum Manner {
    WHOLE,
    /** As a whole, and then the end of a connection that was to be kept. */
    WHOLE_THEN_END,
    /** Half of the body, then the end of the connection. */
    HALF,
    /** Half of the body, then silence. */
    HALF_THEN_SILENCE,
    /** Silence. */
    SILENCE,
    /** The connection is closed without a byte. */
    NONE
  }

  static Delivery whole(Answer answer, @Nullable Fault fault) {
    return of(answer, Manner.WHOLE, fault);
  }

  static Delivery none(Answer lost, Fault fault) {
    return of(lost, Manner.NONE, fault);
  }

  static Delivery of(Answer answer, Manner manner, @Nullable Fault fault) {
    return new Delivery(answer, manner, Duration.ZERO, fault);
  }

  boolean isAnswered() {
    return manner != Manner.NONE && manner != Manner.SILENCE;
  }
}
