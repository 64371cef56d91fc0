package dev.ossresilience.report;

/**
 * Told of everything that is decided, while it happens, on the thread that the call is on at the moment. Must be thread-safe and quick: the
 * call waits for it. The first thing that each listener throws is logged, and each is ignored, an {@link Error} too, but for those of the virtual machine.
 */
@FunctionalInterface
public interface OssListener {
  /** Called in order for each call; calls are interleaved. */
  void onEvent(OssEvent event);
}
