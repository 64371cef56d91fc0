package dev.ossresilience.benchmarks.fleet.page;

import dev.ossresilience.benchmarks.fleet.Result;
import dev.ossresilience.benchmarks.fleet.Results;
import dev.ossresilience.benchmarks.fleet.Story;
import dev.ossresilience.benchmarks.fleet.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures in rows, in Markdown for a page or in columns for a terminal. */
public final class Tables {
  static final List<String> HEADS =
      List.of("succeed", "requests per call", "in the worst second", "recovery", "fairness", "half within", "99 % within");

  private Tables() {}

  static List<String> cells(Result result) {
    Figures figures = new Figures(result.outcome());
    return List.of(
        figures.success(),
        figures.requests(),
        figures.worst(),
        figures.recovery(),
        figures.fairness(),
        figures.latency(0.5),
        figures.latency(0.99));
  }

  /** One way's figures in one story, for each of {@link Results#sizes()}. */
  static List<String> sizes(Results results, Story story, Way way) {
    return results.sizes().stream()
        .flatMap(clients -> results.of(story, clients).stream())
        .filter(result -> result.way().equals(way))
        .map(result -> new Figures(result.outcome()))
        .map(figures -> figures.success() + ", " + figures.recovery())
        .toList();
  }

  static String clients(int number) {
    return String.format(Locale.ROOT, "%,d clients", number);
  }

  /** For a terminal. */
  public static String text(Results results) {
    StringBuilder out = new StringBuilder();
    for (Story story : results.stories()) {
      for (int clients : results.clients()) {
        out.append(String.format(Locale.ROOT, "%n%s, %s%n%-16s", story.title(), clients(clients), ""));
        HEADS.forEach(head -> out.append(String.format(Locale.ROOT, " %19s", head)));
        out.append(System.lineSeparator());
        for (Result result : results.of(story, clients)) {
          out.append(String.format(Locale.ROOT, "%-16s", result.way().name()));
          cells(result).forEach(cell -> out.append(String.format(Locale.ROOT, " %19s", cell)));
          out.append(System.lineSeparator());
        }
      }
    }
    return out.toString();
  }

  /** For a page: each story with the first number of clients, then by number of clients if there are several. */
  static String markdown(Results results) {
    StringBuilder out = new StringBuilder();
    int first = results.clients().get(0);
    for (Story story : results.stories()) {
      out.append("\n### ").append(story.title()).append("\n\n").append(story.text()).append("\n\n");
      List<List<String>> rows = new ArrayList<>();
      results.of(story, first).forEach(result -> rows.add(cells(result)));
      table(out, clients(first), HEADS, rows);
      if (results.clients().size() > 1) {
        out.append("\nCalls that succeed, and recovery, by number of clients:\n\n");
        table(out, "", results.sizes().stream().map(Tables::clients).toList(), Way.all().stream().map(way -> sizes(results, story, way)).toList());
      }
    }
    return out.toString();
  }

  /** One row for each way. */
  private static void table(StringBuilder out, String corner, List<String> heads, List<List<String>> rows) {
    out.append("| ").append(corner).append(" | ").append(String.join(" | ", heads)).append(" |\n|---|").append("---:|".repeat(heads.size())).append('\n');
    for (int i = 0; i < rows.size(); i++) {
      Way way = Way.all().get(i);
      String name = way.ours() ? "**" + way.name() + "**" : way.name();
      out.append("| ").append(name).append(" | ").append(String.join(" | ", rows.get(i))).append(" |\n");
    }
  }
}
