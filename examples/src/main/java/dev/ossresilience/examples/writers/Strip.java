package dev.ossresilience.examples.writers;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A picture of a log: whose bytes lie where. */
final class Strip {
  /** Leaves a margin on a terminal of 80 columns. */
  private static final int WIDTH = 76;

  /** The colours of ANSI terminals from red to cyan. */
  private static final int COLOURS = 6;

  private Strip() {}

  /** One line: a letter for the writer in whose record each of {@link #WIDTH} equal parts of the log begins. */
  static String of(byte[] log, boolean coloured) {
    StringBuilder strip = new StringBuilder();
    char last = '\n';
    for (int column = 0; column < WIDTH; column++) {
      char owner = ownerAt(log, (int) ((long) column * log.length / WIDTH));
      strip.append(coloured && owner != last ? colour(owner) : "").append(owner);
      last = owner;
    }
    return strip + (coloured ? "\u001b[0m" : "");
  }

  private static char ownerAt(byte[] log, int at) {
    int start = at;
    while (start > 0 && log[start - 1] != '\n') {
      start--;
    }
    return log.length == 0 ? '.' : new String(log, start, 1, UTF_8).charAt(0);
  }

  /** Black on the writer's colour. */
  private static String colour(char writer) {
    return "\u001b[30;4" + (1 + Math.floorMod(writer - 'A', COLOURS)) + "m";
  }
}
