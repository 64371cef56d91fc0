package dev.ossresilience.benchmarks.scorecard.page;

import static dev.ossresilience.benchmarks.Xml.escape;

import dev.ossresilience.benchmarks.scorecard.Row;
import dev.ossresilience.benchmarks.scorecard.Scorecard;
import dev.ossresilience.benchmarks.scorecard.peer.Column;
import dev.ossresilience.benchmarks.scorecard.script.Cell;
import dev.ossresilience.benchmarks.scorecard.script.Script;
import dev.ossresilience.benchmarks.scorecard.script.Verdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The scorecard as a table in SVG, on a ground of its own and with colours for light and dark. Each verdict has a sign and a word besides
 * its colour.
 */
public final class Picture {
  private static final int MARGIN = 20;
  private static final int LABEL = 318;
  private static final int COLUMN = 88;
  private static final int GAP = 12;
  private static final int ROW = 32;
  private static final int GROUP = 30;
  private static final int HEAD = 196;

  private final Scorecard card;
  private final StringBuilder svg = new StringBuilder();

  private Picture(Scorecard card) {
    this.card = card;
  }

  /** The whole file. */
  public static String of(Scorecard card) {
    return new Picture(card).draw();
  }

  private String draw() {
    long groups = card.rows().stream().map(row -> row.script().group()).distinct().count();
    int width = x(card.columns().size() - 1) + COLUMN + MARGIN;
    int height = HEAD + card.rows().size() * ROW + (int) groups * GROUP + MARGIN;
    svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t\">%n", width, height, width, height));
    svg.append("<title id=\"t\">How ").append(card.columns().size()).append(" clients fare in ").append(card.rows().size()).append(" fault scripts</title>\n");
    svg.append("<style>\n").append(STYLE).append("</style>\n").append(SIGNS);
    svg.append(String.format(Locale.ROOT, "<rect class=\"ground\" width=\"%d\" height=\"%d\" rx=\"10\"/>%n", width, height));
    text("title", MARGIN, 40, "The same faults, " + card.columns().size() + " clients");
    text("small", MARGIN, 60, card.rows().size() + " scripts against a simulated OSS. In each cell: how the");
    text("small", MARGIN, 75, "call ended, requests that reached the server, time");
    legend();
    heads();
    int y = HEAD;
    Script.@Nullable Group group = null;
    for (Row row : card.rows()) {
      if (row.script().group() != group) {
        group = row.script().group();
        y += GROUP;
        text("group", MARGIN, y - 9, group.title());
        line(y - 3, width);
      }
      row(row, y);
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private void legend() {
    int y = 98;
    for (Verdict verdict : Verdict.values()) {
      String name = style(verdict);
      svg.append(String.format(Locale.ROOT, "<rect class=\"%s-b\" x=\"%d\" y=\"%d\" width=\"74\" height=\"17\" rx=\"4\"/>", name, MARGIN, y));
      sign(name, MARGIN + 5, y + 3);
      text("word " + name, MARGIN + 21, y + 12, verdict.words());
      text("small", MARGIN + 82, y + 12, verdict.meaning());
      y += 20;
    }
  }

  private void heads() {
    List<Column> columns = card.columns();
    int firstOfOurs = (int) columns.stream().filter(column -> !column.ours()).count();
    band("peers", 0, firstOfOurs - 1, "as they are");
    band("ours", firstOfOurs, columns.size() - 1, "with oss-resilience");
    for (int i = 0; i < columns.size(); i++) {
      int middle = x(i) + (COLUMN - 4) / 2;
      List<String> lines = columns.get(i).lines();
      for (int line = 0; line < lines.size(); line++) {
        text("head", middle, 62 + line * 15, lines.get(line));
      }
      bar(i, middle);
    }
  }

  private void band(String style, int first, int last, String words) {
    if (first <= last) {
      svg.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%d\" y=\"18\" width=\"%d\" height=\"22\" rx=\"4\"/>%n", style, x(first), x(last) + COLUMN - 4 - x(first)));
      text("band", (x(first) + x(last) + COLUMN - 4) / 2, 33, words);
    }
  }

  /** The sums of a column. */
  private void bar(int column, int middle) {
    double from = x(column) + 2;
    int line = 0;
    for (Verdict verdict : Verdict.values()) {
      long count = card.count(column, verdict);
      double wide = (COLUMN - 8.0) * count / Math.max(1, card.rows().size());
      if (count > 0) {
        svg.append(String.format(Locale.ROOT, "<rect class=\"%s-f\" x=\"%.1f\" y=\"92\" width=\"%.1f\" height=\"8\"/>%n", style(verdict), from, wide));
        text((verdict == Verdict.OK ? "sum " : "count ") + style(verdict), middle, 120 + line++ * 16, count + " " + verdict.words());
      }
      from += wide;
    }
  }

  private void row(Row row, int y) {
    text("label", MARGIN, y + 19, row.script().title());
    for (int i = 0; i < row.cells().size(); i++) {
      Cell cell = row.cells().get(i);
      String name = style(cell.verdict());
      svg.append(String.format(Locale.ROOT, "<g><title>%s, %s: %s%s</title>", escape(card.columns().get(i).name()), escape(row.script().title()), cell.verdict().words(), cell.note().isEmpty() ? "" : ", " + escape(cell.note())));
      svg.append(String.format(Locale.ROOT, "<rect class=\"%s-b\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>", name, x(i), y + 1, COLUMN - 4, ROW - 3));
      sign(name, x(i) + 7, y + 4);
      text("word " + name, x(i) + 24, y + 13, cell.verdict().words());
      text("figures", x(i) + 7, y + 25, Words.requests(cell.requests()) + " · " + Words.seconds(cell.millis()));
      svg.append("</g>\n");
    }
  }

  private void sign(String name, int x, int y) {
    svg.append(String.format(Locale.ROOT, "<use href=\"#%s\" class=\"sign %s-s\" x=\"%d\" y=\"%d\"/>", name, name, x, y));
  }

  private void line(int y, int width) {
    svg.append(String.format(Locale.ROOT, "<line class=\"line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", MARGIN, y, width - MARGIN, y));
  }

  private void text(String style, int x, int y, String words) {
    svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n", style, x, y, escape(words)));
  }

  private int x(int column) {
    boolean ours = card.columns().get(column).ours();
    return MARGIN + LABEL + column * COLUMN + (ours ? GAP : 0);
  }

  private static String style(Verdict verdict) {
    return switch (verdict) {
      case OK -> "ok";
      case GAVE_UP -> "gave";
      case WRONG -> "wrong";
      case HUNG -> "hung";
    };
  }

  /** In a box of 11 by 11: a tick, a bar in a ring, a cross, a clock. */
  private static final String SIGNS =
      """
      <defs>
      <symbol id="ok" viewBox="0 0 11 11" width="11" height="11"><path d="M1.5 6 4.5 9 9.5 2.5"/></symbol>
      <symbol id="gave" viewBox="0 0 11 11" width="11" height="11"><circle cx="5.5" cy="5.5" r="4.5"/><path d="M3 5.5H8"/></symbol>
      <symbol id="wrong" viewBox="0 0 11 11" width="11" height="11"><path d="M2 2 9 9M9 2 2 9"/></symbol>
      <symbol id="hung" viewBox="0 0 11 11" width="11" height="11"><circle cx="5.5" cy="5.5" r="4.5"/><path d="M5.5 2.8V5.5L7.5 7"/></symbol>
      </defs>
      """;

  private static final String STYLE =
      """
      svg { --ground: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --peers: #eaeef2; --ours: #d6e9ff;
        --ok: #116329; --ok-b: #d8f3df; --ok-f: #2da44e; --gave: #6f4a00; --gave-b: #fff1c9; --gave-f: #d4a72c;
        --wrong: #a40e26; --wrong-b: #ffdcd9; --wrong-f: #cf222e; --hung: #512a97; --hung-b: #ebe0ff; --hung-f: #8250df; }
      @media (prefers-color-scheme: dark) {
        svg { --ground: #0d1117; --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --peers: #262c36; --ours: #173a63;
          --ok: #7ee2a0; --ok-b: #10331d; --ok-f: #2ea043; --gave: #f2cc60; --gave-b: #3a2d08; --gave-f: #bb8009;
          --wrong: #ffa8a1; --wrong-b: #4b1416; --wrong-f: #da3633; --hung: #d2b8ff; --hung-b: #2f2150; --hung-f: #8957e5; } }
      text { font-family: -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; font-size: 12px; fill: var(--ink); }
      .ground { fill: var(--ground); stroke: var(--line); } .line { stroke: var(--line); }
      .title { font-size: 20px; font-weight: 600; } .small { font-size: 11px; fill: var(--soft); } .group { font-size: 13px; font-weight: 600; }
      .head, .band, .sum, .count { text-anchor: middle; } .head { font-size: 11px; font-weight: 600; } .band { font-weight: 600; }
      .peers { fill: var(--peers); } .ours { fill: var(--ours); }
      .sum { font-size: 13px; font-weight: 700; } .count { font-size: 11px; }
      .word { font-size: 11px; font-weight: 600; } .figures { font-size: 9.5px; fill: var(--soft); }
      text.ok { fill: var(--ok); } text.gave { fill: var(--gave); } text.wrong { fill: var(--wrong); } text.hung { fill: var(--hung); }
      .ok-b { fill: var(--ok-b); } .gave-b { fill: var(--gave-b); } .wrong-b { fill: var(--wrong-b); } .hung-b { fill: var(--hung-b); }
      .ok-f { fill: var(--ok-f); } .gave-f { fill: var(--gave-f); } .wrong-f { fill: var(--wrong-f); } .hung-f { fill: var(--hung-f); }
      .sign { fill: none; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
      .ok-s { stroke: var(--ok); } .gave-s { stroke: var(--gave); } .wrong-s { stroke: var(--wrong); } .hung-s { stroke: var(--hung); }
      """;
}
