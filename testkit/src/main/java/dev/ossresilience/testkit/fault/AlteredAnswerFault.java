package dev.ossresilience.testkit.fault;

/**
 * The server's own answer, altered on its way out; where there is nothing to alter it doesn't happen.
 *
 * @param value what goes into the answer, empty where the kind says it all
 */
public record AlteredAnswerFault(Kind kind, String value) implements Fault {
  public enum Kind {
    /** The header Date says the value. */
    LYING_DATE,
    /** A success says how many milliseconds it was slowed down. */
    SLOWED,
    /** The CRC64 differs in one bit. */
    WRONG_CRC,
    /** A success of a write becomes a complaint about a callback. */
    CALLBACK_FAILED,
    /** A complaint about a skewed clock is spelled the other way. */
    INVALID_SIGNING_DATE
  }

  @Override
  public String name() {
    return KindName.of(kind);
  }

  @Override
  public String toString() {
    return name() + (value.isEmpty() ? "" : " " + value);
  }
}
