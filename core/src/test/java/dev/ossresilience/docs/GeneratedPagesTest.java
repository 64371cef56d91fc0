package dev.ossresilience.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.error.CatalogueEntry;
import dev.ossresilience.error.ErrorCatalogue;
import dev.ossresilience.operation.Operation;
import dev.ossresilience.operation.Operations;
import dev.ossresilience.operation.ReplayRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pages that say what the data says. After a change of the data, {@code mvn test -pl core -Ddocs.write=true} writes them anew. */
class GeneratedPagesTest {
  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void errorsPageSaysWhatTheCatalogueSays() throws IOException {
    assertUpToDate("errors.md", errorsPage());
  }

  @Test
  void operationsPageSaysWhatTheTableSays() throws IOException {
    assertUpToDate("operations.md", operationsPage());
  }

  static void assertUpToDate(String name, String page) throws IOException {
    Path file = DOCS.resolve(name);
    if (Boolean.getBoolean("docs.write")) {
      Files.createDirectories(DOCS);
      Files.writeString(file, page, UTF_8);
    }
    assertThat(Files.readString(file, UTF_8)).as("%s is stale: mvn test -pl core -Ddocs.write=true writes it anew", file).isEqualTo(page);
  }

  private static String errorsPage() {
    StringBuilder out = new StringBuilder();
    ErrorCatalogue catalogue = ErrorCatalogue.standard();
    out.append("# Errors of OSS\n\n");
    out.append("Generated from the catalogue; don't edit. On a terminal: ");
    out.append("`java -jar examples/target/oss-examples.jar explain CODE`.\n\n");
    out.append("*Verdict*: what kind of failure. *Effect*: whether the request changed anything. *Retried*: what the middleware does, ");
    out.append("where the operation allows it ([operations](operations.md)).\n\n");
    out.append("## By code\n\n").append(HEADER);
    catalogue.entries().forEach(entry -> out.append(row(entry)));
    out.append("\n## By status, for codes nobody knows\n\n").append(HEADER);
    catalogue.fallbacks().forEach(entry -> out.append(row(entry)));
    return out.toString();
  }

  private static final String HEADER = "| status | code | verdict | effect | retried | why | what to do |\n|---|---|---|---|---|---|---|\n";

  private static String row(CatalogueEntry entry) {
    String statuses = entry.statuses().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String verdict = words(entry.verdict()) + (entry.scope() == null ? "" : " (" + words(entry.scope()) + ")");
    return "| " + String.join(" | ", statuses, "`" + entry.code() + "`", verdict, words(entry.effect()), retried(entry), cell(entry.cause()), cell(entry.solution())) + " |\n";
  }

  private static String retried(CatalogueEntry entry) {
    return switch (entry.verdict()) {
      case TRANSIENT -> "after a wait";
      case THROTTLED -> "after a longer wait";
      case CLOCK_SKEWED -> "once, signed anew by the server's time";
      case CREDENTIALS_REJECTED -> "once, with other credentials if there are any";
      case APPEND_CONFLICT -> "after finding out whose bytes are there";
      case INTEGRITY -> "once, at once";
      case PERHAPS_DONE -> "no; after a doubtful attempt it is looked into";
      case CALLBACK_FAILED, FATAL -> "no";
    };
  }

  private static String operationsPage() {
    StringBuilder out = new StringBuilder();
    out.append("# Operations of OSS\n\n");
    out.append("Generated from the table of operations; don't edit. The first row that fits a request decides.\n\n");
    out.append("*Repeat in doubt*: what happens when an earlier attempt may have taken effect (500, 502, 504, a broken connection, a timeout). ");
    out.append("An attempt that certainly had no effect may always be repeated.\n\n");
    out.append("- safe: sent again.\n- verify first: sent again only if OSS refuses to do it twice, and no success is claimed without proof. What can't ");
    out.append("be proven is ambiguous: an error response is delivered as it came and the report says `AMBIGUOUS`; otherwise an ");
    out.append("`AmbiguousWriteException` says what to do.\n- never: not sent again; ambiguous.\n\n");
    out.append("*Refused twice with, proven by*: the error that OSS answers to a second one. After a doubt about an earlier attempt of the same ");
    out.append("call it is looked into: proven, the call is a success with what is known of the lost answer, and the header ");
    out.append("`x-oss-resilience: recovered`. Without a doubt it is delivered. Identical content written by two at the same time can't be ");
    out.append("told apart: where forbidding to overwrite serves as a lock, give each writer content or an `x-oss-meta-` header of its own. ");
    out.append("An empty object without such headers proves nothing.\n\n");
    out.append("| operation | request | repeat in doubt | refused twice with | proven by | counts as | why |\n|---|---|---|---|---|---|---|\n");
    for (Operations.Row row : Operations.rows()) {
      String conditions = row.conditions().stream().map(String::valueOf).collect(Collectors.joining(" "));
      String request = "`" + row.method() + "` " + row.level() + (conditions.isEmpty() ? "" : " `" + conditions + "`");
      List<String> cells =
          List.of(row.operation().name(), request, words(row.operation().replayRule()), refusal(row.operation()), proof(row.operation()), words(row.operation().scope()), cell(row.operation().note()));
      out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return out.toString();
  }

  private static String refusal(Operation operation) {
    return operation.isRefusedTwice() ? "`" + operation.refusal() + "`" : "";
  }

  private static String proof(Operation operation) {
    boolean matters = operation.isRefusedTwice() || operation.replayRule() != ReplayRule.SAFE;
    return matters ? operation.proof().words() : "";
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
