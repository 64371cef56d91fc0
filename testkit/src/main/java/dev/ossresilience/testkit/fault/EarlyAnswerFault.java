package dev.ossresilience.testkit.fault;

/**
 * An answer that comes before the request's body.
 *
 * @param status 200, or that of an error
 * @param code of the error, empty for none
 */
public record EarlyAnswerFault(int status, String code) implements Fault {
  @Override
  public String name() {
    return code.isEmpty() ? "earlySuccess" : "earlyError" + status + code;
  }

  @Override
  public String toString() {
    return code.isEmpty() ? name() : "earlyError " + status + " " + code;
  }
}
