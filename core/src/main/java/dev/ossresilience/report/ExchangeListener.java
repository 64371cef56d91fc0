package dev.ossresilience.report;

/** Told of every call's end, on the thread that ends it. Must be thread-safe and quick; what it throws is logged and ignored. */
@FunctionalInterface
public interface ExchangeListener {
  /** Called once per call, after its last attempt. */
  void onEnd(ExchangeReport report);
}
