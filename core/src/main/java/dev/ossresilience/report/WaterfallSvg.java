package dev.ossresilience.report;

import java.time.Duration;
import java.util.Locale;

/** Draws an exchange as a picture: one row per event, what it was in words, and a bar from its start to its end. */
final class WaterfallSvg {
  /** All in pixels. */
  private static final int WIDTH = 960;

  private static final int BARS_FROM = 330;
  private static final int BARS_TO = 930;
  private static final int HEAD = 76;
  private static final int ROW = 38;
  private static final int FOOT = 44;

  /** What happens in no time must be seen too. */
  private static final double LEAST_BAR = 3;

  /** Marks closer than a microsecond or so have no labels that differ. */
  private static final double LEAST_MILLIS = 0.1;

  /** About so many marks fit on the axis with their labels. */
  private static final int MARKS = 6;

  /** More is cut off, for a label must not run into the bars. */
  private static final int MAX_LABEL_CHARS = 44;

  private static final String STYLE =
      """
      svg{font:13px system-ui,sans-serif;background:#fff}text{fill:#1f2328}.back{fill:#fff}.minor{fill:#59636e;font-size:11px}.mark{text-anchor:middle}.title{font-size:16px;font-weight:600}
      .grid{stroke:#d1d9e0}.attempt{fill:#0969da}.error{fill:#cf222e}.probe{fill:#8250df}.wait{fill:none;stroke:#59636e;stroke-dasharray:4 3}.stop{fill:#9a6700}
      @media(prefers-color-scheme:dark){svg,.back{background:#0d1117;fill:#0d1117}text{fill:#f0f6fc}.minor{fill:#9198a1}.grid{stroke:#3d444d}
      .attempt{fill:#4493f8}.error{fill:#f85149}.probe{fill:#ab7df8}.wait{stroke:#9198a1}.stop{fill:#d29922}}
      """;

  private final ExchangeReport report;
  private final double endMillis;
  private final StringBuilder out = new StringBuilder();

  WaterfallSvg(ExchangeReport report) {
    this.report = report;
    this.endMillis = Math.max(LEAST_MILLIS, millis(report.duration()));
  }

  String draw() {
    int height = HEAD + ROW * report.events().size() + FOOT;
    String title = report.subject();
    String subtitle =
        report.outcome() + (report.recovered() ? " (recovered)" : "") + " after " + report.attempts() + (report.attempts() == 1 ? " attempt" : " attempts") + " in " + time(report.duration());
    out.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n", WIDTH, height, WIDTH, height));
    out.append("<title>").append(escaped(title + ": " + subtitle)).append("</title>\n<style>").append(STYLE).append("</style>\n");
    out.append("<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n");
    text(16, 28, "title", shortened(title, 100));
    text(16, 50, "minor", subtitle);
    axis(height);
    int y = HEAD;
    for (Event event : report.events()) {
      row(event, y);
      y += ROW;
    }
    return out.append("</svg>\n").toString();
  }

  private void axis(int height) {
    double step = step(endMillis / MARKS);
    for (int i = 0; i * step <= endMillis * (1 + 1e-9); i++) {
      double x = x(i * step);
      out.append(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n", x, HEAD - 10, x, height - FOOT + 4));
      text(x, height - FOOT + 20, "minor mark", number(i * step) + " ms");
    }
    text(16, height - FOOT + 20, "minor", "time since the call began, in milliseconds");
  }

  /** The next of 1, 2 and 5 times a power of ten. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double ratio = least / power;
    return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
  }

  private void row(Event event, int y) {
    String kind = event.kind().name().toLowerCase(Locale.ROOT);
    String why = event.reason() == null ? "" : "because of " + event.reason().name().toLowerCase(Locale.ROOT) + ", ";
    String id = event.requestId() == null ? "" : ", request id " + event.requestId();
    text(16, y + 15, "event", shortened(kind + " " + event.result(), MAX_LABEL_CHARS));
    text(16, y + 29, "minor", why + time(event.duration()));
    double from = x(millis(event.start()));
    double wide = Math.max(LEAST_BAR, x(millis(event.start().plus(event.duration()))) - from);
    String look = event.kind() == Event.Kind.ATTEMPT && !event.result().startsWith("2") ? "error" : kind;
    out.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\">", look, from, y + 8, wide));
    out.append("<title>").append(escaped(kind + " " + event.result() + " at " + time(event.start()) + " for " + time(event.duration()) + id)).append("</title></rect>\n");
  }

  private double x(double ofMillis) {
    return BARS_FROM + ofMillis / endMillis * (BARS_TO - BARS_FROM);
  }

  private void text(double x, int y, String look, String words) {
    out.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%d\">", look, x, y)).append(escaped(words)).append("</text>\n");
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private static String time(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", millis(duration));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
  }

  private static String shortened(String words, int most) {
    return words.codePointCount(0, words.length()) <= most ? words : words.substring(0, words.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** What XML can't have at all becomes a question mark. */
  private static String escaped(String words) {
    StringBuilder safe = new StringBuilder();
    words.codePoints().forEach(
        c -> {
          switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            default -> safe.appendCodePoint(isXml(c) ? c : '?');
          }
        });
    return safe.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t' || (c >= ' ' && c < 0xD800) || (c >= 0xE000 && c != 0xFFFE && c != 0xFFFF);
  }
}
