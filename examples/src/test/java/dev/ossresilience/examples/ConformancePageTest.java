package dev.ossresilience.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.conformance.ConformanceSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page on conformance says what the suites' last runs with {@code -Ddocs.write=true} showed; with that set it is written anew. The
 * suites leave their data in {@code docs/conformance}.
 */
class ConformancePageTest {
  private static final Path DOCS = Path.of("..", "docs");

  /** What a binding passed. */
  private record Column(String binding, Map<String, Cell> families) {}

  private record Cell(int passed, int all) {}

  @Test
  void thePageSaysWhatTheSuitesShowed() throws IOException {
    Path page = DOCS.resolve("conformance.md");
    String merged = page(columns());
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(page, merged, UTF_8);
    }
    assertThat(Files.readString(page, UTF_8)).as("%s is stale: mvn verify -Ddocs.write=true writes it anew", page).isEqualTo(merged);
  }

  @Test
  void everyBindingPassedEveryCaseOfEveryFamily() throws IOException {
    Map<String, Integer> cases = ConformanceSuite.standard().families();
    List<Column> columns = columns();
    assertThat(columns).extracting(Column::binding).hasSize(12).filteredOn(binding -> binding.contains("(4.12)")).as("on OkHttp 4.12").hasSize(4);
    for (Column column : columns) {
      assertThat(column.families().keySet()).as(column.binding()).containsExactlyInAnyOrderElementsOf(cases.keySet());
      column.families().forEach((family, cell) -> assertThat(cell.passed()).as("%s: %s", column.binding(), family).isEqualTo(cell.all()));
    }
    cases.forEach(
        (family, count) -> {
          int most = columns.stream().mapToInt(column -> column.families().get(family).all()).max().orElse(0);
          assertThat(most).as("%s: data older than its cases; mvn verify -Ddocs.write=true runs them anew", family).isEqualTo(count);
        });
  }

  private static List<Column> columns() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("conformance"))) {
      List<Path> data = files.filter(file -> file.toString().endsWith(".tsv")).sorted().toList();
      return data.stream().map(ConformancePageTest::read).toList();
    }
  }

  private static Column read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, UTF_8);
      Map<String, Cell> families = new LinkedHashMap<>();
      for (String line : lines.subList(1, lines.size())) {
        List<String> cells = List.of(line.split("\t", -1));
        families.put(cells.get(0), new Cell(Integer.parseInt(cells.get(1)), Integer.parseInt(cells.get(2))));
      }
      return new Column(lines.get(0), families);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bindings, and the families with one column for all bindings of which the same is to be said. */
  private static String page(List<Column> columns) {
    List<Map<String, Cell>> kinds =
        columns.stream().map(Column::families).distinct().sorted(Comparator.comparing(kind -> -sum(kind).all())).toList();
    StringBuilder out = new StringBuilder("# Conformance\n\n");
    out.append("Generated from the last runs of the [conformance suite](simulator.md#the-conformance-suite) that were told to keep their ");
    out.append("results; don't edit. `mvn verify -Ddocs.write=true` writes it anew.\n\n");
    out.append("The same cases for every binding. Where no version is named OkHttp is the newest 5.\n\n");
    out.append("| binding | cases passed, of those that apply | family by family |\n|---|---:|---|\n");
    for (Column column : columns) {
      out.append("| ").append(column.binding()).append(" | ").append(text(sum(column.families())));
      out.append(" | ").append(letter(kinds.indexOf(column.families()))).append(" |\n");
    }
    out.append("\nWhat differs: where a call runs on no thread of its caller's none can be interrupted.\n\n| family |");
    kinds.forEach(kind -> out.append(' ').append(letter(kinds.indexOf(kind))).append(" |"));
    out.append("\n|---|").append("---:|".repeat(kinds.size())).append('\n');
    for (String family : ConformanceSuite.standard().families().keySet()) {
      out.append("| ").append(family);
      kinds.forEach(kind -> out.append(" | ").append(text(kind.getOrDefault(family, new Cell(0, 0)))));
      out.append(" |\n");
    }
    return out.toString();
  }

  private static char letter(int index) {
    return (char) ('A' + index);
  }

  private static Cell sum(Map<String, Cell> families) {
    int passed = families.values().stream().mapToInt(Cell::passed).sum();
    return new Cell(passed, families.values().stream().mapToInt(Cell::all).sum());
  }

  private static String text(Cell cell) {
    return cell.passed() + "/" + cell.all();
  }
}
