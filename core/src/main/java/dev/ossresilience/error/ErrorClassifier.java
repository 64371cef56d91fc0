package dev.ossresilience.error;

import org.jspecify.annotations.Nullable;

/**
 * A user's own opinion of what went wrong, asked before the catalogue's counts. It can say more, for example that a proxy's status means
 * throttling. It can't say that a failed request had no effect: whether repeating is safe stays decided by the catalogue and the
 * operation. Must be thread-safe and must not block.
 */
@FunctionalInterface
public interface ErrorClassifier {
  /** The verdict on an error, null for the catalogue's. If it throws, the catalogue's verdict counts and a warning is logged. */
  @Nullable Verdict classify(OssError error);
}
