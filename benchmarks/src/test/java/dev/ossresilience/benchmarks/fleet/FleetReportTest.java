package dev.ossresilience.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.benchmarks.fleet.Story.Shade;
import dev.ossresilience.testkit.fleet.Scenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import picocli.CommandLine;

/** A tiny fleet through the command: shapes only, for the figures are the testkit's to prove. */
class FleetReportTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final int CHARTS = 3;

  /** With names that would break a page that doesn't escape them. */
  private static final List<Story> TINY = List.of(tiny("first", "5 < 6 & \"so\""), tiny("second", "]]> <script>"));

  @TempDir Path out;
  private final StringWriter told = new StringWriter();
  private final StringWriter failed = new StringWriter();

  private static Story tiny(String name, String title) {
    return new Story(
        name,
        title,
        "What happens to " + title + ".",
        List.of(new Shade(2, 4, "bad & worse", 1)),
        () -> Scenario.builder().load(40).server(50, 75).duration(Duration.ofSeconds(8)).outage(Duration.ofSeconds(2), Duration.ofSeconds(2), 0.05));
  }

  private int run(String... args) {
    return new CommandLine(new FleetCommand(false, TINY)).setOut(new PrintWriter(told)).setErr(new PrintWriter(failed)).execute(args);
  }

  @Test
  void theReportHasItsChartsForEachStoryAndSize() throws Exception {
    assertThat(run("--clients", "4,2", "--seed", "3", "--out", out.toString())).as(failed.toString()).isZero();
    Document page = parse(read(out, "fleet.html"));
    NodeList charts = page.getElementsByTagName("svg");
    assertThat(charts.getLength()).isEqualTo(TINY.size() * 2 * CHARTS);
    for (int i = 0; i < charts.getLength(); i++) {
      List<String> shown = texts((Element) charts.item(i));
      assertThat(shown).containsAll(Way.all().stream().map(Way::name).toList());
      String title = TINY.get(i / (2 * CHARTS)).title();
      assertThat(shown).anyMatch(text -> text.startsWith(title));
    }
    assertThat(page.getElementsByTagName("details").getLength()).as("the second size is folded").isEqualTo(TINY.size());
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(read(out, "fleet.html")).contains("--clients 4,2 --seed 3").doesNotContain("href=").doesNotContain("src=");
  }

  @Test
  void thePictureIsWellFormedAndHasALineForEachWayAtAGlance() throws Exception {
    assertThat(run("--clients", "3", "--out", out.toString())).isZero();
    Document svg = parse(read(out, "fleet-goodput.svg"));
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(5);
    assertThat(texts(svg.getDocumentElement())).contains("oss-resilience", "no retry", "full jitter", "SDK v2", "AWS 2026 bucket", "bad & worse");
  }

  @Test
  void theTablesAreToldAndPutBetweenTheirMarks() throws Exception {
    Files.writeString(out.resolve("performance.md"), "# Mine\n<!-- fleet:begin -->\nold\n<!-- fleet:end -->\nand mine\n");
    assertThat(run("--clients", "3", "--out", out.toString())).isZero();
    String page = read(out, "performance.md");
    assertThat(page).startsWith("# Mine\n<!-- fleet:begin -->\n").endsWith("\n<!-- fleet:end -->\nand mine\n").doesNotContain("old");
    for (Way way : Way.all()) {
      String cell = way.ours() ? "**" + way.name() + "**" : way.name();
      assertThat(page.lines().filter(line -> line.startsWith("| " + cell + " |"))).as(way.name()).hasSameSizeAs(TINY);
      assertThat(told.toString().lines().filter(line -> line.startsWith(way.name() + " "))).as(way.name()).hasSameSizeAs(TINY);
    }
    assertThat(told.toString()).contains("14 runs, 112 s of virtual time");
  }

  @Test
  void aPageWithoutMarksGetsASection() throws Exception {
    Files.writeString(out.resolve("performance.md"), "# Mine\n");
    assertThat(run("--clients", "3", "--out", out.toString())).isZero();
    assertThat(read(out, "performance.md")).startsWith("# Mine\n\n## A fleet in trouble\n\n<!-- fleet:begin -->\n").endsWith("<!-- fleet:end -->\n");
  }

  @Test
  void aPageWithOneMarkIsLeftAlone() throws Exception {
    Files.writeString(out.resolve("performance.md"), "# Mine\n<!-- fleet:end -->\n");
    assertThat(run("--clients", "3", "--out", out.toString())).isEqualTo(1);
    assertThat(failed.toString()).contains("performance.md").contains("<!-- fleet:begin -->");
    assertThat(read(out, "performance.md")).isEqualTo("# Mine\n<!-- fleet:end -->\n");
  }

  @Test
  void aSeedWritesTheSameFilesAgain(@TempDir Path again) throws Exception {
    assertThat(run("--clients", "3", "--out", out.toString())).isZero();
    assertThat(run("--clients", "3", "--out", again.toString())).isZero();
    for (String name : List.of("fleet.html", "fleet-goodput.svg", "performance.md")) {
      assertThat(read(again, name)).isEqualTo(read(out, name));
    }
  }

  @Test
  void fleetsWithoutClientsAreBadUsage() {
    assertThat(run("--clients", "0", "--out", out.toString())).isEqualTo(2);
    assertThat(run("--clients", "5,5", "--out", out.toString())).isEqualTo(2);
    assertThat(failed.toString()).contains("--clients must be");
  }

  @Test
  void theCommittedFilesKnowAllStoriesAndWays() throws Exception {
    String html = read(DOCS, "fleet.html");
    String tables = read(DOCS, "performance.md");
    List<String> shown = texts(parse(html).getDocumentElement());
    for (Story story : Stories.all()) {
      assertThat(html).as("docs/fleet.html is stale: its end says how to write it anew").contains("<h2 id=\"" + story.name() + "\">");
      assertThat(tables).contains("\n### " + story.title() + "\n\n" + story.text() + "\n");
    }
    for (Way way : Way.all()) {
      assertThat(shown).as("docs/fleet.html").contains(way.name());
      assertThat(tables).contains(" " + (way.ours() ? "**" + way.name() + "**" : way.name()) + " |");
    }
    assertThat(parse(read(DOCS, "fleet-goodput.svg")).getElementsByTagName("path").getLength()).isEqualTo(5);
  }

  private static String read(Path directory, String name) throws IOException {
    return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
  }

  private static List<String> texts(Element root) {
    NodeList texts = root.getElementsByTagName("text");
    return IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()).toList();
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
