package dev.ossresilience.testkit.fault;

/** A connection or a delivery that goes wrong. */
public record NetworkFault(Kind kind) implements Fault {
  public enum Kind {
    NONE,
    APPLY_THEN_DROP,
    DROP,
    DROP_MID_BODY,
    TRUNCATE_RESPONSE,
    LATE_DUPLICATE,
    DELIVER_LATER,
    REFUSE_CONNECTION,
    RESET_BEFORE_BODY,
    STALL,
    STALL_RESPONSE,
    ANSWER_THEN_CLOSE,
    CORRUPT_BODY
  }

  @Override
  public String name() {
    return KindName.of(kind);
  }

  @Override
  public String toString() {
    return name();
  }
}
