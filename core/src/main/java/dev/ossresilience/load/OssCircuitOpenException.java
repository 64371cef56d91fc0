package dev.ossresilience.load;

import java.io.IOException;

/**
 * This attempt was not sent, because too much of what was sent to the endpoint lately failed; it is tried again within seconds. Has no stack trace,
 * for it is thrown often and always from the same place.
 */
public final class OssCircuitOpenException extends IOException {
  private static final long serialVersionUID = 1L;

  /** @param subject what was to be done, in words */
  public OssCircuitOpenException(String subject) {
    super(subject + " was not sent now: the circuit breaker of its endpoint is open, because too much of what was sent lately failed; try again in some seconds");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
