package dev.ossresilience.benchmarks.scorecard.peer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of an operation was told.
 *
 * @param success whether it was told that all is well
 * @param status the HTTP status, 0 if the client doesn't show it or there was no answer
 * @param code OSS's error code, empty if the client shows none
 * @param value what was asked for: an upload's id, an ETag, a length; empty if nothing
 * @param content what was read
 * @param failure the exception it was told by, null if it was an answer
 */
public record Told(boolean success, int status, String code, String value, byte[] content, @Nullable Throwable failure) {
  private static final byte[] NOTHING = {};

  static Told done(int status, @Nullable String value) {
    return new Told(true, status, "", value == null ? "" : value, NOTHING, null);
  }

  static Told read(int status, byte[] content) {
    return new Told(true, status, "", "", content, null);
  }

  static Told refused(int status, @Nullable String code, @Nullable Throwable failure) {
    return new Told(false, status, code == null ? "" : code, "", NOTHING, failure);
  }

  static Told failed(Throwable failure) {
    return new Told(false, 0, "", "", NOTHING, failure);
  }

  /** In a few words. */
  public String words() {
    if (success) {
      return status == 203 ? "203 " + code : "success";
    }
    if (!code.isEmpty()) {
      return status == 0 ? code : status + " " + code;
    }
    if (status != 0) {
      return "HTTP " + status;
    }
    return failure == null ? "an error" : telling(failure).getClass().getSimpleName();
  }

  /** The first IOException among the causes, or the last cause: clients wrap what happened in several layers. */
  private static Throwable telling(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof IOException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
