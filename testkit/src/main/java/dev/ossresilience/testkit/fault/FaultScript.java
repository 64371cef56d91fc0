package dev.ossresilience.testkit.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of faults as text, one per line in the notation of {@link Fault#parse}: {@code 3x throttled TotalQpsLimitExceeded}
 * stands for three of them, a line that begins with {@code #} for none, and so does an empty one.
 */
public final class FaultScript {
  private static final Pattern REPEATED = Pattern.compile("(\\d{1,6})x\\s+(.*)");

  private FaultScript() {}

  /**
   * Reads a script.
   *
   * @throws IllegalArgumentException naming the number of the first line that is wrong, and what is wrong with it
   */
  public static List<Fault> parse(String text) {
    List<Fault> faults = new ArrayList<>();
    List<String> lines = text.lines().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          faults.addAll(repeated(line));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return faults;
  }

  private static List<Fault> repeated(String line) {
    Matcher repeated = REPEATED.matcher(line);
    return repeated.matches()
        ? Collections.nCopies(Integer.parseInt(repeated.group(1)), Fault.parse(repeated.group(2)))
        : List.of(Fault.parse(line));
  }
}
