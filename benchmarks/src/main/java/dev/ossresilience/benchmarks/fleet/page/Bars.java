package dev.ossresilience.benchmarks.fleet.page;

import java.util.List;

/**
 * Figures side by side: a row of bars for each way, a column for each figure.
 *
 * @param heads of the columns, in two lines each
 */
record Bars(String title, List<List<String>> heads, List<Row> rows) {
  private static final int NAME = 140;
  private static final int TOP = 92;
  private static final int ROW = 26;
  private static final int WORDS = 66;

  /** One way. */
  record Row(String style, String name, List<Bar> bars) {}

  /**
   * One figure.
   *
   * @param part of the bar's full length, from 0 to 1
   * @param never whether there is no figure: then the bar is a pale one
   */
  record Bar(double part, String words, boolean never) {}

  Canvas draw() {
    Canvas canvas = new Canvas(TOP + rows.size() * ROW + 14, title);
    canvas.text("title", Canvas.MARGIN, 32, title);
    int column = (Canvas.WIDTH - Canvas.MARGIN - NAME) / heads.size();
    for (int i = 0; i < heads.size(); i++) {
      canvas.text("name", NAME + i * column, 60, heads.get(i).get(0));
      canvas.text("small", NAME + i * column, 75, heads.get(i).get(1));
    }
    for (int i = 0; i < rows.size(); i++) {
      row(canvas, rows.get(i), TOP + i * ROW, column, i == 0);
    }
    return canvas;
  }

  private static void row(Canvas canvas, Row row, int y, int column, boolean first) {
    canvas.text(first ? "bold" : "name", Canvas.MARGIN, y + 13, row.name());
    int longest = column - WORDS - 12;
    for (int i = 0; i < row.bars().size(); i++) {
      Bar bar = row.bars().get(i);
      int x = NAME + i * column;
      double length = Math.max(1, longest * (bar.never() ? 1 : Math.min(1, bar.part())));
      canvas.shape("rect", "track", "x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\"", x, y, longest);
      canvas.shape("rect", "b " + row.style() + (bar.never() ? " never" : ""), "x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\"", x, y, length);
      canvas.text(first ? "bold" : "name", x + longest + 8, y + 13, bar.words());
    }
  }
}
