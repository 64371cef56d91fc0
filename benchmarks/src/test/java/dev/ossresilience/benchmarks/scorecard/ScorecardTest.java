package dev.ossresilience.benchmarks.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.benchmarks.scorecard.page.MarkdownPage;
import dev.ossresilience.benchmarks.scorecard.page.Picture;
import dev.ossresilience.benchmarks.scorecard.peer.Column;
import dev.ossresilience.benchmarks.scorecard.script.Script;
import dev.ossresilience.benchmarks.scorecard.script.Scripts;
import dev.ossresilience.benchmarks.scorecard.script.Verdict;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import picocli.CommandLine;

/** A few scripts that are soon over, through all clients: shapes only, for what peers do is not ours to assert. */
class ScorecardTest {
  private static final List<String> FEW = List.of("append-lost", "skew-head", "denied");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  private static final Path DOCS = Path.of("..", "docs");
  private static final List<Integer> told = new ArrayList<>();
  private static Scorecard card;

  @BeforeAll
  static void play() throws InterruptedException {
    List<Script> scripts = Scripts.all().stream().filter(script -> FEW.contains(script.name())).toList();
    card = Scorecard.play(scripts, Column.all(), 1, told::add);
  }

  @Test
  void everyClientHasACellForEveryScript() {
    assertThat(card.rows()).extracting(row -> row.script().name()).containsExactlyElementsOf(FEW);
    assertThat(card.rows()).allSatisfy(row -> assertThat(row.cells()).hasSameSizeAs(Column.all()));
    assertThat(told).containsExactly(12, 24, 36);
  }

  @Test
  void everyClientReachedTheServer() {
    assertThat(card.rows()).flatExtracting(Row::cells).allSatisfy(cell -> assertThat(cell.requests()).isPositive());
  }

  @Test
  void oursEndRightly() {
    for (int i = 0; i < card.columns().size(); i++) {
      if (card.columns().get(i).ours()) {
        assertThat(card.count(i, Verdict.OK)).as(card.columns().get(i).name()).isEqualTo(3);
      }
    }
  }

  @Test
  void thePictureIsWellFormedAndHasATextForEachCell() throws Exception {
    Document svg = parse(Picture.of(card));
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("g").getLength()).isEqualTo(3 * Column.all().size());
  }

  @Test
  void theTableHasAColumnForEachClient() {
    List<String> rows = MarkdownPage.of(card, 1).lines().filter(line -> FEW.stream().anyMatch(name -> line.startsWith("| `" + name + "`"))).toList();
    assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(row.chars().filter(c -> c == '|').count()).isEqualTo(Column.all().size() + 2L));
    assertThat(MarkdownPage.of(card, 1)).doesNotContain("${");
  }

  @Test
  void theCommittedPagesKnowAllScriptsAndClients() throws Exception {
    String page = Files.readString(DOCS.resolve("scorecard.md"), StandardCharsets.UTF_8);
    String svg = Files.readString(DOCS.resolve("scorecard.svg"), StandardCharsets.UTF_8);
    for (Script script : Scripts.all()) {
      assertThat(page).as("docs/scorecard.md is stale: it says how to write it anew").contains("\n| `" + script.name() + "` " + script.title() + " |");
    }
    assertThat(page.lines().filter(line -> line.startsWith("| `")).count()).as("rows of the table").isEqualTo(Scripts.all().size());
    assertThat(page).contains(Column.all().stream().map(Column::name).toList());
    assertThat(parse(svg).getElementsByTagName("g").getLength()).as("cells of docs/scorecard.svg").isEqualTo(Scripts.all().size() * Column.all().size());
  }

  @Test
  void theVersionsInTheNamesAreThoseOfThePoms() throws Exception {
    String poms = Files.readString(Path.of("pom.xml"), StandardCharsets.UTF_8) + Files.readString(Path.of("..", "pom.xml"), StandardCharsets.UTF_8);
    List<String> versions = Column.all().stream().flatMap(column -> VERSION.matcher(column.name()).results()).map(MatchResult::group).distinct().toList();
    assertThat(versions).hasSize(6).allSatisfy(version -> assertThat(poms).contains(">" + version + "<"));
  }

  @Test
  void scriptsAreManyAndHaveNamesOfTheirOwn() {
    assertThat(Scripts.all()).hasSizeGreaterThanOrEqualTo(24).extracting(Script::name).doesNotHaveDuplicates();
  }

  @Test
  void aScriptThatDoesNotExistIsBadUsage() {
    StringWriter err = new StringWriter();
    int status = new CommandLine(new ScorecardCommand(false)).setErr(new PrintWriter(err)).execute("--only", "append-lots");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("append-lots").contains("append-lost");
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
