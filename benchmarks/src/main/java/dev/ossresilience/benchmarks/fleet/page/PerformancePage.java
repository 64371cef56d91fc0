package dev.ossresilience.benchmarks.fleet.page;

import dev.ossresilience.benchmarks.fleet.Results;

/** The fleet's part of {@code performance.md}, between two marks; what is around them is somebody else's. */
public final class PerformancePage {
  static final String BEGIN = "<!-- fleet:begin -->";
  static final String END = "<!-- fleet:end -->";

  private static final String FRAME =
      """
      # Performance

      ## A fleet in trouble

      """
          + BEGIN + "\n" + END + "\n";

  private PerformancePage() {}

  /**
   * The page with the fleet's part written anew.
   *
   * @param page as it is, empty if there is none
   * @throws IllegalArgumentException if it hasn't both marks, in order
   */
  public static String with(String page, Results results, String command) {
    String old = page.isEmpty() ? FRAME : page;
    int begin = old.indexOf(BEGIN);
    int end = old.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("there is no place for the fleet's tables, between " + BEGIN + " and " + END);
    }
    return old.substring(0, begin + BEGIN.length()) + "\n" + part(results, command) + old.substring(end);
  }

  private static String part(Results results, String command) {
    return "Seed " + results.seed() + ", one run each; written by `" + command + "`.\n" + Tables.markdown(results) + "\n";
  }
}
