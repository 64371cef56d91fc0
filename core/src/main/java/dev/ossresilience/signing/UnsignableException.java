package dev.ossresilience.signing;

import org.jspecify.annotations.Nullable;

/**
 * Nothing can be signed now. The message tells why and what to set, and holds no secret; nor does a stack trace, for the cause is a copy
 * with the class names and frames of what was thrown, and without its messages: a source of credentials may quote what it was sent.
 */
public final class UnsignableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Deeper causes add nothing; also ends circles. */
  private static final int MAX_CAUSES = 5;

  UnsignableException(String message) {
    super(message);
  }

  UnsignableException(String message, Throwable thrown) {
    super(message, withoutMessages(thrown, MAX_CAUSES));
  }

  /** What was thrown, as one of these: itself if it is one, else named by its class only. */
  public static UnsignableException of(String who, RuntimeException thrown) {
    return thrown instanceof UnsignableException known
        ? known
        : new UnsignableException(who + " threw " + thrown.getClass().getName(), thrown);
  }

  private static @Nullable Throwable withoutMessages(@Nullable Throwable thrown, int deep) {
    if (thrown == null || deep == 0) {
      return null;
    }
    String text = thrown.getClass().getName() + " (its message is left out: it may hold secrets)";
    Throwable copy = new Throwable(text, withoutMessages(thrown.getCause(), deep - 1));
    copy.setStackTrace(thrown.getStackTrace());
    return copy;
  }
}
