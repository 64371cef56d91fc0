package dev.ossresilience.examples;

import dev.ossresilience.examples.stage.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The program run in this process: its exit status and what it printed. */
public record Ran(int status, String out, String err) {
  /** As from a shell. */
  public static Ran on(Machine machine, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.commandLine(machine, new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    return new Ran(status, out.toString(), err.toString());
  }

  /** One command alone, with whatever it was handed. */
  public static Ran alone(Object command, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Ran(line.execute(options), out.toString(), err.toString());
  }

  /** A value of the RESULT line, which must be the last. */
  public String result(String name) {
    String[] lines = out.split("\n", -1);
    String last = lines.length < 2 ? "" : lines[lines.length - 2];
    Matcher matcher = Pattern.compile("RESULT .*\\b" + name + "=(\\S+).*").matcher(last);
    if (!matcher.matches()) {
      throw new AssertionError("the last line has no " + name + ": " + this);
    }
    return matcher.group(1);
  }

  public int number(String name) {
    return Integer.parseInt(result(name));
  }
}
