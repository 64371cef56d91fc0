package dev.ossresilience.remedy;

import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.Effect;
import dev.ossresilience.operation.Operation;
import org.jspecify.annotations.Nullable;

/** Verdict, effect and operation to remedy: the one place that decides what may be sent again. */
public final class Remedies {
  private Remedies() {}

  /** The remedy for an attempt of {@code operation}; it says nothing of whether the body, the time or the attempts suffice. */
  public static Remedy of(Diagnosis diagnosis, Operation operation) {
    return switch (diagnosis.verdict()) {
      case TRANSIENT, THROTTLED -> mayRepeat(diagnosis.effect(), operation) ? Remedy.WAIT : Remedy.DELIVER;
      case CLOCK_SKEWED -> mayRepeat(diagnosis.effect(), operation) ? Remedy.RESIGN : Remedy.DELIVER;
      case APPEND_CONFLICT -> operation.isAppend() ? Remedy.VERIFY : Remedy.DELIVER;
      case CREDENTIALS_REJECTED -> mayRepeat(diagnosis.effect(), operation) ? Remedy.REFRESH : Remedy.DELIVER;
      case INTEGRITY -> mayRepeat(diagnosis.effect(), operation) ? Remedy.REPEAT : Remedy.DELIVER;
      case PERHAPS_DONE, CALLBACK_FAILED, FATAL -> Remedy.DELIVER;
    };
  }

  /**
   * The remedy for an error response.
   *
   * @param code of the error, null if it has none
   * @param inDoubt whether an earlier attempt of the same call may have taken effect
   */
  public static Remedy of(Diagnosis diagnosis, Operation operation, @Nullable String code, boolean inDoubt) {
    boolean perhapsOurs = diagnosis.effect() == Effect.NOT_APPLIED && !operation.isAppend() && operation.mayHaveCaused(code, inDoubt);
    return perhapsOurs ? Remedy.VERIFY : of(diagnosis, operation);
  }

  /** Whether sending again can't do harm, given what an earlier attempt may have done. */
  public static boolean mayRepeat(Effect effect, Operation operation) {
    return switch (effect) {
      case NOT_APPLIED -> true;
      case UNKNOWN ->
          switch (operation.replayRule()) {
            case SAFE -> true;
            case VERIFY_FIRST -> operation.isRefusedTwice(); // for example an append, whose position OSS checks
            case NEVER -> false;
          };
      case APPLIED -> false;
    };
  }
}
