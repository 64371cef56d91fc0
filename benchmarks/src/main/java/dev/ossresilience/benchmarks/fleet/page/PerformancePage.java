package dev.ossresilience.benchmarks.fleet.page;

import dev.ossresilience.benchmarks.fleet.Results;

/** The fleet's part of {@code performance.md}, between two marks; what is around them is somebody else's. */
public final class PerformancePage {
  static final String BEGIN = "<!-- fleet:begin -->";
  static final String END = "<!-- fleet:end -->";

  private static final String TITLE = "# Performance\n";
  private static final String SECTION = "\n## A fleet in trouble\n\n" + BEGIN + "\n" + END + "\n";

  private PerformancePage() {}

  /**
   * The page with the fleet's part written anew, or added at the end if it has none.
   *
   * @param page as it is, empty if there is none
   * @throws IllegalArgumentException if one of the marks is missing, or they are the wrong way round
   */
  public static String with(String page, Results results, String command) {
    String begun = page.isEmpty() ? TITLE : page;
    String old = begun.contains(BEGIN) || begun.contains(END) ? begun : begun + SECTION;
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
