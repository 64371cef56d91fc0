package dev.ossresilience.testkit.fault;

/** A connection or a delivery that goes wrong. */
public record NetworkFault(Kind kind) implements Fault {
  public enum Kind {
    NONE("none"),
    APPLY_THEN_DROP("applyThenDrop"),
    DROP("drop"),
    DROP_MID_BODY("dropMidBody"),
    TRUNCATE_RESPONSE("truncateResponse"),
    LATE_DUPLICATE("lateDuplicate"),
    DELIVER_LATER("deliverLater"),
    REFUSE_CONNECTION("refuseConnection"),
    RESET_BEFORE_BODY("resetBeforeBody"),
    STALL("stall"),
    STALL_RESPONSE("stallResponse"),
    ANSWER_THEN_CLOSE("answerThenClose");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  @Override
  public String name() {
    return kind.label;
  }

  @Override
  public String toString() {
    return name();
  }
}
