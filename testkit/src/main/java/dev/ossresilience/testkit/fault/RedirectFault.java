package dev.ossresilience.testkit.fault;

/** A redirect instead of the answer. */
public record RedirectFault(String location) implements Fault {
  @Override
  public String name() {
    return "redirect";
  }

  @Override
  public String toString() {
    return name() + " " + location;
  }
}
