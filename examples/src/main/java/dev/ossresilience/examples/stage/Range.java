package dev.ossresilience.examples.stage;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What an option's number may be. */
public final class Range {
  private Range() {}

  /** Refuses a number that is out of its range, and what is none, as bad usage: names the option, the number and the range. */
  public static void check(CommandSpec command, String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      String message = String.format(Locale.ROOT, "%s %s must be between %s and %s", option, text(value), text(least), text(most));
      throw new ParameterException(command.commandLine(), message);
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE ? String.valueOf((long) value) : String.valueOf(value);
  }
}
