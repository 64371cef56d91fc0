package dev.ossresilience.benchmarks.fleet.page;

import dev.ossresilience.benchmarks.fleet.Story.Shade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Lines over time, one value per second.
 *
 * @param unit of the values, in words
 * @param lines the first is drawn boldest, above the others
 * @param wish a value that would be good, drawn as a dotted line
 */
record Chart(String title, String unit, List<Line> lines, List<Shade> shades, double wish, String wishWords) {
  private static final int LEFT = 62;
  private static final int RIGHT = 664;
  private static final int TOP = 88;
  private static final int BOTTOM = 338;
  private static final int LEGEND = 688;
  private static final int ENTRY = 36;

  /**
   * One way.
   *
   * @param note a figure, for the legend
   */
  record Line(String style, String name, String note, double[] values) {}

  Canvas draw() {
    Canvas canvas = new Canvas(BOTTOM + 56, title);
    canvas.text("title", Canvas.MARGIN, 32, title);
    canvas.text("soft", Canvas.MARGIN, 53, unit);
    Scale across = new Scale(lines.get(0).values().length, LEFT, RIGHT);
    double top = Arrays.stream(new double[] {wish, largest()}).max().orElseThrow() * 1.02;
    double step = step(top, 6);
    Scale up = new Scale(Math.ceil(top / step) * step, BOTTOM, TOP);
    shades(canvas, across);
    axes(canvas, across, up, step);
    canvas.shape("line", "wish", "x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"", LEFT, RIGHT, up.at(wish), up.at(wish));
    List<Line> upwards = new ArrayList<>(lines.subList(1, lines.size()));
    upwards.add(lines.get(0));
    upwards.forEach(line -> canvas.shape("path", "l " + line.style(), "d=\"%s\"", path(line.values(), across, up)));
    nothing(canvas);
    legend(canvas);
    return canvas;
  }

  private double largest() {
    return lines.stream().flatMapToDouble(line -> Arrays.stream(line.values())).max().orElse(1);
  }

  /** 1, 2 or 5 times a power of ten, so that there are no more than {@code most} steps. */
  static double step(double top, int most) {
    double power = Math.pow(10, Math.floor(Math.log10(top / most)));
    double rest = top / most / power;
    return power * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10);
  }

  private record Scale(double last, double from, double to) {
    double at(double value) {
      return from + (to - from) * value / last;
    }
  }

  private void shades(Canvas canvas, Scale across) {
    for (Shade shade : shades) {
      double from = across.at(shade.from());
      double to = across.at(shade.to());
      canvas.shape("rect", "shade", "x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill-opacity=\"%.2f\"", from, TOP, to - from, BOTTOM - TOP, shade.strength());
      canvas.text("shaded", (from + to) / 2, TOP - 7, shade.label());
    }
  }

  private static void axes(Canvas canvas, Scale across, Scale up, double step) {
    for (double value = 0; value <= up.last() + step / 2; value += step) {
      double y = up.at(value);
      canvas.shape("line", value == 0 ? "axis" : "grid", "x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"", LEFT, RIGHT, y, y);
      canvas.text("soft end", LEFT - 8, y + 4, String.format(Locale.ROOT, step < 1 ? "%.1f" : "%,.0f", value));
    }
    double seconds = step(across.last(), 12);
    for (double second = 0; second <= across.last(); second += seconds) {
      double x = across.at(second);
      canvas.shape("line", "axis", "x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"", x, x, BOTTOM, BOTTOM + 5);
      canvas.text("soft middle", x, BOTTOM + 19, String.format(Locale.ROOT, "%.0f", second));
    }
    canvas.text("soft middle", (LEFT + RIGHT) / 2.0, BOTTOM + 40, "seconds since the start");
  }

  /** Each value stands in the middle of its second. */
  private static String path(double[] values, Scale across, Scale up) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", across.at(i + 0.5), up.at(values[i])));
    }
    return path.toString();
  }

  /** Lines that end on the axis cover each other, so they are named. */
  private void nothing(Canvas canvas) {
    String names = lines.stream().filter(Chart::endsAtNothing).map(Line::name).collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      canvas.text("end small halo", RIGHT - 4, BOTTOM - 9, names + ": stay at 0");
    }
  }

  private static boolean endsAtNothing(Line line) {
    double[] values = line.values();
    return Arrays.stream(values, values.length * 5 / 6, values.length).allMatch(value -> value == 0);
  }

  private void legend(Canvas canvas) {
    int y = TOP + 4;
    for (int i = 0; i < lines.size(); i++, y += ENTRY) {
      Line line = lines.get(i);
      canvas.shape("line", "l " + line.style(), "x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"", LEGEND, LEGEND + 44, y, y);
      canvas.text(i == 0 ? "bold" : "name", LEGEND + 54, y + 4, line.name());
      canvas.text("small", LEGEND + 54, y + 18, line.note());
    }
    canvas.shape("line", "wish", "x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"", LEGEND, LEGEND + 44, y, y);
    canvas.text("soft", LEGEND + 54, y + 4, wishWords);
  }
}
