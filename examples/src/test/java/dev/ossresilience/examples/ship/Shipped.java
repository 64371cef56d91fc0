package dev.ossresilience.examples.ship;

import dev.ossresilience.examples.stage.Played;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program run in virtual time: its exit status and what it printed. */
record Shipped(int status, String out, String err) {
  private static final Pattern RESULT =
      Pattern.compile("RESULT records=(\\d+) bytes=(\\d+) attempts=(\\d+) faults=(\\d+) recovered=(\\d+) lost=(\\d+) duplicated=(\\d+) verified=(true|false)");

  static Shipped with(String... args) {
    return with(Map.of(), args);
  }

  static Shipped with(Map<String, String> environment, String... args) {
    Played played = Played.with(environment, "ship", args);
    return new Shipped(played.status(), played.out(), played.err());
  }

  /** A number of the RESULT line, which must be the last; counted from 1 in the order it has them. */
  long result(int field) {
    String[] lines = out.split("\n", -1);
    Matcher matcher = RESULT.matcher(lines.length < 2 ? "" : lines[lines.length - 2]);
    if (!matcher.matches()) {
      throw new AssertionError("the last line is no RESULT line: " + out + err);
    }
    return Long.parseLong(matcher.group(field));
  }
}
