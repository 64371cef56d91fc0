package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How an answer goes back to the client.
 *
 * @param fault the fault that the request met, null if none happened to it
 */
public record Delivery(Answer answer, Manner manner, @Nullable Fault fault) {
  public enum Manner {
    WHOLE,
    /** Half of the body, then the end of the connection. */
    HALF,
    /** The connection is closed without a byte. */
    NONE
  }

  public static Delivery whole(Answer answer, @Nullable Fault fault) {
    return new Delivery(answer, Manner.WHOLE, fault);
  }

  public static Delivery none(Answer lost, Fault fault) {
    return new Delivery(lost, Manner.NONE, fault);
  }
}
