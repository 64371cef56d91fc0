package dev.ossresilience.testkit;

/** A redirect instead of the answer. */
record RedirectFault(String location) implements Fault {
  @Override
  public String name() {
    return "redirect";
  }
}
