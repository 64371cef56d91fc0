package dev.ossresilience.examples.storm;

import java.io.PrintWriter;
import java.util.Locale;

/** Draws a line per second: what was stored, what was refused, and where the limit is. On a terminal the present second grows. */
final class Chart {
  /** How many columns the limit is from the left; what doesn't fit the width is cut. */
  private static final int LIMIT = 15;

  private static final int WIDTH = 46;

  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean terminal;
  private final int limit;

  Chart(PrintWriter out, boolean terminal, int limit) {
    this.out = out;
    this.terminal = terminal;
    this.limit = limit;
  }

  void head() {
    out.println("   s  stored refused  " + " ".repeat(LIMIT) + "| " + limit + "/s is the limit");
  }

  /** The present second so far. */
  void grow(int second, Count count) {
    if (terminal) {
      out.print("\r" + row(second, count));
      out.flush();
    }
  }

  /** A second that is over. */
  void add(int second, Count count) {
    out.println((terminal ? "\r" : "") + row(second, count));
  }

  private String row(int second, Count count) {
    int green = columns(count.stored());
    int red = columns(count.stored() + count.refused()) - green;
    StringBuilder bar = new StringBuilder("#".repeat(green) + "x".repeat(red));
    bar.append(" ".repeat(Math.max(0, LIMIT + 1 - bar.length())));
    String cut = bar.length() > WIDTH ? bar.substring(0, WIDTH - 1) + ">" : bar.toString();
    StringBuilder painted = new StringBuilder();
    char last = ' ';
    for (int column = 0; column < cut.length(); column++) {
      char mark = column == LIMIT ? '|' : cut.charAt(column);
      painted.append(terminal && mark != last ? colour(mark) : "").append(mark);
      last = mark;
    }
    return String.format(Locale.ROOT, "%4d %7d %7d  %s", second, count.stored(), count.refused(), painted.toString().stripTrailing()) + (terminal ? PLAIN + "\u001b[K" : "");
  }

  private int columns(int requests) {
    return (int) Math.min(1000, Math.round((double) requests * LIMIT / limit));
  }

  private static String colour(char mark) {
    return switch (mark) {
      case '#' -> "\u001b[0;32m"; // green
      case 'x', '>' -> "\u001b[0;31m"; // red
      case '|' -> "\u001b[0;1m"; // bold
      default -> PLAIN;
    };
  }
}
