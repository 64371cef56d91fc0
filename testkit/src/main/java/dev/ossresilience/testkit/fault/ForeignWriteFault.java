package dev.ossresilience.testkit.fault;

/**
 * Another writer does away with what a request is about, before the request is handled.
 *
 * @param content of what is there afterwards, in ASCII; empty for {@link Kind#DELETE}
 */
public record ForeignWriteFault(Kind kind, String content) implements Fault {
  /** What it does. */
  public enum Kind {
    /** Puts a normal object in its place. */
    PUT("foreignPut"),
    /** Puts another appendable object in its place. */
    REPLACE("foreignReplace"),
    DELETE("foreignDelete");

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
    return content.isEmpty() ? name() : name() + " " + content;
  }
}
