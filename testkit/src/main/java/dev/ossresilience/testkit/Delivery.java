package dev.ossresilience.testkit;

import org.jspecify.annotations.Nullable;

/**
 * How an answer goes back to the client.
 *
 * @param fault the fault that the request met, null if none happened to it
 */
record Delivery(Answer answer, Manner manner, @Nullable Fault fault) {
  enum Manner {
    WHOLE,
    /** Half of the body, then the end of the connection. */
    HALF,
    /** The connection is closed without a byte. */
    NONE
  }

  static Delivery whole(Answer answer, @Nullable Fault fault) {
    return new Delivery(answer, Manner.WHOLE, fault);
  }

  static Delivery none(Answer lost, Fault fault) {
    return new Delivery(lost, Manner.NONE, fault);
  }
}
