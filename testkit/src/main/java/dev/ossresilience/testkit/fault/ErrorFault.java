package dev.ossresilience.testkit.fault;

import java.util.Locale;

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

  @Override
  public String toString() {
    String kind = isGateway() ? "GatewayError " + status : "Error " + status + " " + code;
    return applied ? "applyThen" + kind : kind.substring(0, 1).toLowerCase(Locale.ROOT) + kind.substring(1);
  }
}
