package dev.ossresilience.benchmarks.overhead;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is added to a successful call, as bars in SVG: on a ground of its own, with colours for light and dark. */
final class Chart {
  private static final int WIDTH = 860;
  private static final int MARGIN = 24;
  private static final int LABELS = 250;
  private static final int BAR = 170;

  /** For the number behind the longest bar. */
  private static final int NUMBER = 96;

  private static final int ROW = 26;
  private static final int TOP = 96;

  private static final String STYLE =
      """
      text { font: 13px -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; fill: #1f2328; }
      .ground { fill: #ffffff; stroke: #d1d9e0; }
      .title { font-size: 18px; font-weight: 600; }
      .group { font-weight: 600; }
      .small { font-size: 12px; fill: #59636e; }
      .bar { fill: #8c959f; }
      .ours { fill: #0969da; }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc; }
        .ground { fill: #0d1117; stroke: #3d444d; }
        .small { fill: #9198a1; }
        .bar { fill: #656c76; }
        .ours { fill: #4493f8; }
      }
      """;

  private final Report report;
  private final List<Section> sections;
  private final StringBuilder svg = new StringBuilder();

  private Chart(Report report) {
    this.report = report;
    this.sections = report.sections().stream().filter(section -> section.title().startsWith("A successful")).toList();
  }

  /** The whole file. */
  static String of(Report report) {
    return new Chart(report).draw();
  }

  private String draw() {
    int rows = sections.stream().mapToInt(section -> compared(section).size()).sum();
    int height = TOP + rows * ROW + sections.size() * 44 + 8;
    svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t\">%n", WIDTH, height, WIDTH, height));
    svg.append("<title id=\"t\">What retries add to a successful call</title>\n<style>\n").append(STYLE).append("</style>\n");
    svg.append(String.format(Locale.ROOT, "<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"10\"/>%n", WIDTH - 1, height - 1));
    text("title", MARGIN, 40, "What is added to a successful call");
    text("small", MARGIN, 62, "Over an interceptor that does nothing; the network is left out. Shorter is better.");
    text("small", MARGIN + LABELS, 88, "time, in nanoseconds");
    text("small", MARGIN + LABELS + BAR + NUMBER, 88, "memory, in bytes");
    int y = TOP;
    for (Section section : sections) {
      text("group", MARGIN, y + 22, section.title());
      y += 32;
      for (Section.Row row : compared(section)) {
        text("", MARGIN, y + 16, row.label());
        bar(row, section, Figure::nanos, "ns", MARGIN + LABELS, y);
        bar(row, section, Figure::bytes, "B", MARGIN + LABELS + BAR + NUMBER, y);
        y += ROW;
      }
      y += 12;
    }
    return svg.append("</svg>\n").toString();
  }

  /** All but the client alone and what the others are compared with. */
  private static List<Section.Row> compared(Section section) {
    return section.rows().stream().filter(row -> !row.benchmark().equals(section.baseline()) && !row.benchmark().endsWith(".plain")).toList();
  }

  private void bar(Section.Row row, Section section, ToDoubleFunction<Figure> part, String unit, int x, int y) {
    double added = added(row, section, part);
    double width = Math.max(1, BAR * added / longest(part)); // less than nothing is noise
    String kind = row.benchmark().contains(".ours") ? "bar ours" : "bar";
    svg.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\"/>%n", kind, x, y + 3, width));
    text("", (int) (x + width + 6), y + 16, (added < 0 ? "−" : "") + Report.number(Math.abs(added)) + " " + unit);
  }

  private double added(Section.Row row, Section section, ToDoubleFunction<Figure> part) {
    return part.applyAsDouble(report.figure(row.benchmark())) - part.applyAsDouble(report.figure(section.baseline()));
  }

  private double longest(ToDoubleFunction<Figure> part) {
    return Math.max(1, sections.stream().flatMap(section -> compared(section).stream().map(row -> added(row, section, part))).mapToDouble(d -> d).max().orElse(1));
  }

  private void text(String kind, int x, int y, String text) {
    svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n", kind, x, y, text.replace("&", "&amp;").replace("<", "&lt;")));
  }
}
