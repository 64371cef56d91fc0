package dev.ossresilience.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.options.TimeValue;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Shapes only: how long anything takes is for the command to say. */
class OverheadTest {
  private static final Runs ONCE = new Runs(0, 0, 1, TimeValue.milliseconds(1));

  @BeforeAll
  static void besideOtherRuns() {
    System.setProperty("jmh.ignoreLock", "true"); // nothing is measured here
  }

  static List<String> benchmarks() {
    return Section.all().stream().flatMap(section -> section.rows().stream()).map(Section.Row::benchmark).toList();
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void eachBenchmarkRuns(String benchmark) throws Exception {
    assertThat(ONCE.of(benchmark).nanos()).isPositive();
  }

  @Test
  void eachBenchmarkIsShown() throws IOException {
    InputStream list = Objects.requireNonNull(OverheadTest.class.getResourceAsStream("/META-INF/BenchmarkList"));
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      String all = lines.lines().collect(Collectors.joining("\n"));
      TreeSet<String> shown = new TreeSet<>(benchmarks());
      assertThat(shown).hasSameSizeAs(benchmarks());
      assertThat(all.split("\n")).hasSize(shown.size());
      for (String benchmark : shown) {
        assertThat(all).contains("overhead." + benchmark.substring(0, benchmark.indexOf('.')), benchmark.substring(benchmark.indexOf('.') + 1));
      }
    }
  }

  @Test
  void whatIsComparedIsAmongTheRows() {
    for (Section section : Section.all()) {
      boolean compares = section.measure() != Section.Measure.NONE;
      assertThat(section.rows().stream().anyMatch(row -> row.benchmark().equals(section.baseline()))).as(section.title()).isEqualTo(compares);
    }
  }

  @Test
  void chartIsWellFormedAndSaysEachNumber() throws Exception {
    Element svg =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(Chart.of(report())))).getDocumentElement();
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 * 8); // the ground, and two bars for each of four rows twice
    assertThat(svg.getTextContent()).contains("+ ours, signing with V4", "+ ours", "100 ns", "−200 ns", "10 B", "prefers-color-scheme: dark");
  }

  @Test
  void figuresGoBetweenTheMarkersAndNowhereElse() {
    String page = "# Performance\n\n" + Report.BEGIN + "\nold\n" + Report.END + "\n\nThe end.\n";
    String written = report().within(page, "On a machine.");
    assertThat(written).startsWith("# Performance\n\n" + Report.BEGIN).endsWith(Report.END + "\n\nThe end.\n").doesNotContain("old");
    assertThat(written).contains("On a machine.", "| + ours | 1,200 ± 5 | +100 | 120 | +10 |", "| SDK v1 | 2,600 ± 5 | 1.04 | 260 | 1.04 |");
    assertThat(report().within(written, "On a machine.")).isEqualTo(written);
  }

  @Test
  void pageWithoutPlaceForThemIsRefused() {
    assertThatThrownBy(() -> report().within("# Performance\n", "On a machine."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Report.BEGIN);
  }

  /** The first benchmark takes 1000 ns and 100 B, each one more 100 ns and 10 B more, but for one. */
  private static Report report() {
    Map<String, Figure> figures = new HashMap<>();
    for (String benchmark : benchmarks()) {
      figures.put(benchmark, new Figure(1000 + 100 * figures.size(), 5, 100 + 10 * figures.size()));
    }
    figures.put("HttpClientBenchmark.ownRetry", new Figure(1500, 5, 160));
    return new Report(Section.all(), figures);
  }
}
