package dev.ossresilience.testkit.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of faults as text, one per line in the notation of {@link Fault#parse}: {@code 3x throttled TotalQpsLimitExceeded}
 * stands for three of them, a line that begins with {@code #} for none, and so does an empty one. A byte order mark before the first
 * line is not part of it.
 */
public final class FaultScript {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Pattern REPEATED = Pattern.compile("(\\d{1,6})x\\s+(.*)");

  private FaultScript() {}

  /**
   * Reads a script.
   *
   * @throws IllegalArgumentException naming the number of the first line that is wrong, and what is wrong with it
   */
  public static List<Fault> parse(String text) {
    List<Fault> faults = new ArrayList<>();
    String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    List<String> lines = content.lines().map(String::strip).toList();
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
    if (!repeated.matches()) {
      return List.of(Fault.parse(line));
    }
    int times = Integer.parseInt(repeated.group(1));
    if (times == 0) {
      throw new IllegalArgumentException("\"" + line + "\" asks for no fault; write 1x or more, or # before the line to leave it out");
    }
    return Collections.nCopies(times, Fault.parse(repeated.group(2)));
  }
}
