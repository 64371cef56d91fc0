package dev.ossresilience.report;

/**
 * Told of every call's end, on the thread that ends it: what is left of {@link OssListener} for who needs no more. Must be thread-safe and
 * quick. What it throws is treated as there.
 */
@FunctionalInterface
public interface ExchangeListener {
  /** Called once per call, after its last attempt. */
  void onEnd(ExchangeReport report);
}
