package dev.ossresilience.testkit.fault;

/**
 * The server's own answer, altered on its way out; where there is nothing to alter it doesn't happen.
 *
 * @param value what goes into the answer, empty where the kind says it all
 */
public record AlteredAnswerFault(Kind kind, String value) implements Fault {
  public enum Kind {
    /** The header Date says the value. */
    LYING_DATE("lyingDate"),
    /** A success says how many milliseconds it was slowed down. */
    SLOWED("slowed"),
    /** A success of a write becomes a complaint about a callback. */
    CALLBACK_FAILED("callbackFailed"),
    /** A complaint about a skewed clock is spelled the other way. */
    INVALID_SIGNING_DATE("invalidSigningDate");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  @Override
  public String name() {
    return kind.label;
  }

  @Override
  public String toString() {
    return kind.label + (value.isEmpty() ? "" : " " + value);
  }
}
