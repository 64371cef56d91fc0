package dev.ossresilience.benchmarks.overhead;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Figures of all benchmarks, as text for people. */
record Report(List<Section> sections, Map<String, Figure> figures) {
  static final String BEGIN = "<!-- overhead: written by oss-benchmarks overhead --out docs -->";
  static final String END = "<!-- end of overhead -->";

  Figure figure(String benchmark) {
    return Objects.requireNonNull(figures.get(benchmark), benchmark);
  }

  /** Aligned columns, for a terminal. */
  String text() {
    StringBuilder out = new StringBuilder();
    for (Section section : sections) {
      out.append(String.format(Locale.ROOT, "%n%-40s %12s %12s %10s %10s%n", section.title(), "ns", compared(section), "B", compared(section)));
      for (Section.Row row : section.rows()) {
        out.append(String.format(Locale.ROOT, "  %-38s %12s %12s %10s %10s%n", cells(section, row).toArray()));
      }
    }
    return out.toString();
  }

  /** What goes between {@link #BEGIN} and {@link #END}. */
  String markdown(String how) {
    StringBuilder out = new StringBuilder(BEGIN).append("\n\n").append(how).append("\n");
    for (Section section : sections) {
      out.append("\n| ").append(section.title()).append(" | ns | ").append(compared(section)).append(" | B | ").append(compared(section)).append(" |\n");
      out.append("|---|---:|---:|---:|---:|\n");
      for (Section.Row row : section.rows()) {
        out.append("| ").append(String.join(" | ", cells(section, row))).append(" |\n");
      }
    }
    return out.append("\n").append(END).toString();
  }

  /** {@code page} with this between the markers that it has. */
  String within(String page, String how) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page has no place for the figures: it must have the lines '" + BEGIN + "' and '" + END + "'");
    }
    return page.substring(0, begin) + markdown(how) + page.substring(end + END.length());
  }

  private static String compared(Section section) {
    return switch (section.measure()) {
      case ADDED -> "added";
      case TIMES -> "times";
      case NONE -> "";
    };
  }

  private List<String> cells(Section section, Section.Row row) {
    Figure figure = figure(row.benchmark());
    String nanos = Double.isNaN(figure.error()) ? number(figure.nanos()) : number(figure.nanos()) + " ± " + number(figure.error());
    return List.of(
        row.label(), nanos, comparison(section, row, Figure::nanos), number(figure.bytes()), comparison(section, row, Figure::bytes));
  }

  private String comparison(Section section, Section.Row row, ToDoubleFunction<Figure> part) {
    if (section.measure() == Section.Measure.NONE || row.benchmark().equals(section.baseline())) {
      return "";
    }
    double value = part.applyAsDouble(figure(row.benchmark()));
    double base = part.applyAsDouble(figure(section.baseline()));
    if (section.measure() == Section.Measure.ADDED) {
      return (value < base ? "−" : "+") + number(Math.abs(value - base));
    }
    return base < 1 ? "" : String.format(Locale.ROOT, "%.2f", value / base); // of nothing there are no multiples
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
