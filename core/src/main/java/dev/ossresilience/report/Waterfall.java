package dev.ossresilience.report;

import java.time.Duration;
import java.util.Locale;

/** Draws an exchange, one line per event with a bar from its start to its end. */
public final class Waterfall {
  /** Leaves room for the words on a terminal of 100 columns. */
  private static final int BAR_WIDTH = 24;

  private Waterfall() {}

  /** As text: several lines, each ended by a line feed. */
  public static String text(ExchangeReport report) {
    Duration end = report.duration();
    StringBuilder out = new StringBuilder();
    out.append(report.subject()).append(" -> ").append(report.outcome()).append(report.recovered() ? " (recovered)" : "").append(" in ").append(millis(end)).append('\n');
    for (Event event : report.events()) {
      out.append(String.format(Locale.ROOT, "  %9s %-7s |%s| ", millis(event.start()), event.kind().name().toLowerCase(Locale.ROOT), bar(event, end)));
      out.append(event.result());
      if (event.reason() != null) {
        out.append(event.result().isEmpty() ? "" : "  ").append('<').append(event.reason().name().toLowerCase(Locale.ROOT)).append('>');
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** The same as a picture: an SVG document that needs nothing else, in UTF-8, for bright and for dark screens. */
  public static String svg(ExchangeReport report) {
    return new WaterfallSvg(report).draw();
  }

  private static String bar(Event event, Duration end) {
    double total = Math.max(1, end.toNanos());
    int from = (int) Math.min(BAR_WIDTH - 1, event.start().toNanos() / total * BAR_WIDTH);
    int to = (int) Math.max(from + 1, Math.min(BAR_WIDTH, Math.ceil(event.start().plus(event.duration()).toNanos() / total * BAR_WIDTH)));
    String mark =
        switch (event.kind()) {
          case ATTEMPT -> "#";
          case PROBE -> "?";
          case WAIT -> ".";
          case STOP -> "|";
        };
    return " ".repeat(from) + mark.repeat(to - from) + " ".repeat(BAR_WIDTH - to);
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }
}
