package dev.ossresilience.benchmarks.fleet.page;

import dev.ossresilience.benchmarks.Xml;
import java.util.Locale;

/** An SVG in the making. What is drawn later lies above. */
final class Canvas {
  static final int WIDTH = 920;
  static final int MARGIN = 20;

  private final StringBuilder svg = new StringBuilder();
  private final int height;
  private final String title;

  Canvas(int height, String title) {
    this.height = height;
    this.title = title;
    shape("rect", "ground", "x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"", WIDTH - 1, height - 1);
  }

  /** One element with a class and attributes in the syntax of {@link String#format}. */
  void shape(String element, String style, String attributes, Object... values) {
    svg.append('<').append(element).append(" class=\"").append(style).append("\" ").append(String.format(Locale.ROOT, attributes, values)).append("/>\n");
  }

  void text(String style, double x, double y, String words) {
    svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", style, x, y, Xml.escape(words)));
  }

  /** As a part of a page that has the style sheet. */
  String inPage() {
    return draw("");
  }

  /** As a file of its own. */
  String file() {
    return draw("<style>\n" + Look.CHARTS + "</style>\n");
  }

  private String draw(String style) {
    return String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, height, WIDTH, height, Xml.escape(title))
        + style
        + svg
        + "</svg>\n";
  }
}
