package dev.ossresilience.benchmarks.scorecard.page;

import dev.ossresilience.benchmarks.scorecard.Row;
import dev.ossresilience.benchmarks.scorecard.Scorecard;
import dev.ossresilience.benchmarks.scorecard.peer.Column;
import dev.ossresilience.benchmarks.scorecard.script.Cell;
import dev.ossresilience.benchmarks.scorecard.script.Script;
import dev.ossresilience.benchmarks.scorecard.script.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The scorecard in Markdown: the rules, which are in {@code scorecard-rules.md}, and what was measured. */
public final class MarkdownPage {
  private final Scorecard card;

  private MarkdownPage(Scorecard card) {
    this.card = card;
  }

  /** The whole file. */
  public static String of(Scorecard card, long seed) {
    MarkdownPage page = new MarkdownPage(card);
    return template()
        .replace("${scripts}", String.valueOf(card.rows().size()))
        .replace("${clients}", String.valueOf(card.columns().size()))
        .replace("${seed}", String.valueOf(seed))
        .replace("${java}", "Java " + Runtime.version().feature() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .replace("${processors}", String.valueOf(Runtime.getRuntime().availableProcessors()))
        .replace("${sums}", page.sums())
        .replace("${table}", page.table())
        .replace("${rights}", page.rights())
        .replace("${failed}", page.failed())
        .replace("${better}", page.better())
        .replace("${notes}", page.notes())
        .replace("${settings}", page.settings());
  }

  private static String template() {
    try (InputStream in = Objects.requireNonNull(MarkdownPage.class.getResourceAsStream("scorecard-rules.md"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String sums() {
    StringBuilder out = new StringBuilder("| client |");
    for (Verdict verdict : Verdict.values()) {
      out.append(' ').append(verdict.words()).append(" |");
    }
    out.append("\n|---|").append("---:|".repeat(Verdict.values().length));
    for (int i = 0; i < card.columns().size(); i++) {
      out.append("\n| ").append(card.columns().get(i).name()).append(" |");
      for (Verdict verdict : Verdict.values()) {
        out.append(' ').append(card.count(i, verdict)).append(" |");
      }
    }
    return out.toString();
  }

  private String table() {
    StringBuilder out = new StringBuilder("| script |");
    card.columns().forEach(column -> out.append(' ').append(String.join(" ", column.lines())).append(" |"));
    out.append("\n|---|").append("---|".repeat(card.columns().size()));
    Script.@Nullable Group group = null;
    for (Row row : card.rows()) {
      if (row.script().group() != group) {
        group = row.script().group();
        out.append("\n| **").append(group.title()).append("** |").append(" |".repeat(card.columns().size()));
      }
      out.append("\n| `").append(row.script().name()).append("` ").append(row.script().title()).append(" |");
      row.cells().forEach(cell -> out.append(' ').append(cell(cell)).append(" |"));
    }
    return out.toString();
  }

  private static String cell(Cell cell) {
    String sign = cell.verdict() == Verdict.OK ? "✓" : cell.verdict() == Verdict.GAVE_UP ? "gave up" : "**" + cell.verdict().words() + "**";
    return sign + " " + cell.requests() + " · " + Words.seconds(cell.millis());
  }

  private String rights() {
    return card.rows().stream()
        .map(Row::script)
        .filter(script -> !script.right().isEmpty())
        .map(script -> "- `" + script.name() + "`: " + script.right() + ".")
        .collect(Collectors.joining("\n"));
  }

  /** Where a peer's verdict is better than one of ours, or it brought the call to its end where we told an error. */
  private String better() {
    StringBuilder out = new StringBuilder();
    for (Row row : card.rows()) {
      List<Integer> worse = indices(true).filter(i -> !isDone(row.cells().get(i))).boxed().toList();
      List<Integer> better = indices(false).filter(i -> isDone(row.cells().get(i))).boxed().toList();
      if (!worse.isEmpty() && !better.isEmpty()) {
        out.append("- `").append(row.script().name()).append("`: done with ").append(names(better));
        out.append(". Ours: ").append(notes(row, worse)).append(".\n");
      }
    }
    return out.isEmpty() ? "- Nowhere in this run.\n" : out.toString();
  }

  private String failed() {
    StringBuilder out = new StringBuilder();
    for (Row row : card.rows()) {
      List<Integer> failed = indices(true).filter(i -> row.cells().get(i).verdict() != Verdict.OK).boxed().toList();
      if (!failed.isEmpty()) {
        List<Integer> others = indices(false).filter(i -> row.cells().get(i).verdict() == Verdict.OK).boxed().toList();
        out.append("- `").append(row.script().name()).append("`: ").append(notes(row, failed));
        out.append(others.isEmpty() ? ". Nor does any peer end it rightly.\n" : ". Rightly with " + names(others) + ".\n");
      }
    }
    return out.isEmpty() ? "- Nowhere in this run.\n" : out.toString();
  }

  private static boolean isDone(Cell cell) {
    return cell.verdict() == Verdict.OK && !cell.note().startsWith("told");
  }

  private IntStream indices(boolean ours) {
    return IntStream.range(0, card.columns().size()).filter(i -> card.columns().get(i).ours() == ours);
  }

  private String names(List<Integer> columns) {
    return columns.stream().map(i -> String.join(" ", card.columns().get(i).lines())).collect(Collectors.joining(", "));
  }

  private String notes() {
    StringBuilder out = new StringBuilder();
    for (Row row : card.rows()) {
      List<Integer> all = IntStream.range(0, row.cells().size()).filter(i -> !row.cells().get(i).note().isEmpty()).boxed().toList();
      if (!all.isEmpty()) {
        out.append("- `").append(row.script().name()).append("`: ").append(notes(row, all)).append(".\n");
      }
    }
    return out.toString();
  }

  /** The same note of several columns once. */
  private String notes(Row row, List<Integer> columns) {
    Map<String, List<Integer>> byNote = new LinkedHashMap<>();
    for (int i : columns) {
      Cell cell = row.cells().get(i);
      byNote.computeIfAbsent(cell.verdict().words() + ", " + cell.note(), note -> new ArrayList<>()).add(i);
    }
    return byNote.entrySet().stream().map(entry -> entry.getKey() + " (" + names(entry.getValue()) + ")").collect(Collectors.joining("; "));
  }

  private String settings() {
    StringBuilder out = new StringBuilder("| client | settings |\n|---|---|");
    for (Column column : card.columns()) {
      out.append("\n| ").append(column.name()).append(" | ").append(column.settings()).append(" |");
    }
    return out.toString();
  }
}
