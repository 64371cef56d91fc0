package dev.ossresilience.testkit;

/** An error instead of the answer. */
record ErrorFault(int status, String code, boolean applied) implements Fault {
  /** Stands for the page of a gateway, which has no code. */
  static final String GATEWAY = "";

  boolean isGateway() {
    return code.equals(GATEWAY);
  }

  @Override
  public String name() {
    return (applied ? "applyThen" : "") + (isGateway() ? "Gateway" : "Error") + status + code;
  }
}
