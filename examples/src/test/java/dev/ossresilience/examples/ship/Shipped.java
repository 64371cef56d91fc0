package dev.ossresilience.examples.ship;

import dev.ossresilience.examples.Main;
import dev.ossresilience.testkit.VirtualTime;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    VirtualTime time = new VirtualTime();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    ShipCommand ship = new ShipCommand(environment, time, time, false);
    String[] all = new String[args.length + 1];
    all[0] = "ship";
    System.arraycopy(args, 0, all, 1, args.length);
    int status = Main.commandLine(ship, new PrintWriter(out, true), new PrintWriter(err, true)).execute(all);
    return new Shipped(status, out.toString(), err.toString());
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
