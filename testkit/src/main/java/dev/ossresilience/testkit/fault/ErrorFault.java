package dev.ossresilience.testkit.fault;

/** An error instead of the answer. */
public record ErrorFault(int status, String code, boolean applied) implements Fault {
  /** Stands for the page of a gateway, which has no code. */
  public static final String GATEWAY = "";

  public boolean isGateway() {
    return code.equals(GATEWAY);
  }

  @Override
  public String name() {
    return (applied ? "applyThen" : "") + (isGateway() ? "Gateway" : "Error") + status + code;
  }
}
