package dev.ossresilience.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard, the alerts and the page name metrics, tags and values of tags that a scrape has. */
class DashboardTest extends OverSimulator {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern METRIC = Pattern.compile("\\boss_client_\\w+");
  private static final Pattern SELECTOR = Pattern.compile("\\b(operation|outcome|reason|scope|endpoint)(?:=~?|!=)\"([^\"$]*)\"");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");

  private Set<String> scraped() {
    everything();
    return registry.scrape().lines().filter(line -> !line.startsWith("#")).map(line -> line.replaceAll("[{ ].*", "")).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(String... path) throws IOException {
    return Files.readString(DOCS.resolve(Path.of("", path)));
  }

  @Test
  void everyMetricOfTheDashboardAndTheAlertsExists() throws IOException {
    Set<String> scraped = scraped();
    for (String text : List.of(text("grafana", "oss-resilience.json"), text("prometheus", "alerts.yml"))) {
      Set<String> used = new TreeSet<>();
      Matcher metric = METRIC.matcher(text);
      while (metric.find()) {
        used.add(metric.group());
      }
      assertThat(used).hasSizeGreaterThan(4);
      assertThat(scraped).containsAll(used);
    }
  }

  @Test
  void everyTagThatIsAskedForExistsWithThatValue() throws IOException {
    scraped();
    String scrape = registry.scrape();
    for (String text : List.of(text("grafana", "oss-resilience.json").replace("\\\"", "\""), text("prometheus", "alerts.yml"))) {
      Matcher selector = SELECTOR.matcher(text);
      int found = 0;
      while (selector.find()) {
        found++;
        for (String value : selector.group(2).split("\\|", -1)) {
          assertThat(scrape).contains(selector.group(1) + "=\"" + value + "\"");
        }
      }
      Matcher by = BY.matcher(text);
      while (by.find()) {
        found++;
        for (String tag : by.group(1).split(", ?", -1)) {
          assertThat(scrape).containsPattern("\\b" + tag + "=\"");
        }
      }
      assertThat(found).isPositive();
    }
  }

  @Test
  void thePageNamesEveryMetricAndNoOther() throws IOException {
    Set<String> families = new TreeSet<>();
    registryMeters(families);
    Matcher named = Pattern.compile("`(oss\\.client\\.[a-z.]+)").matcher(text("observability.md"));
    Set<String> onPage = new TreeSet<>();
    while (named.find()) {
      onPage.add(named.group(1));
    }
    assertThat(onPage).isEqualTo(families);
  }

  private void registryMeters(Set<String> families) {
    everything();
    registry.forEachMeter(meter -> families.add(meter.getId().getName()));
  }

  @Test
  void everyPanelOfTheDashboardHasATitleAUnitAndAQuery() throws IOException {
    JsonNode dashboard = new JsonMapper().readTree(text("grafana", "oss-resilience.json"));
    assertThat(dashboard.path("title").asText()).isNotEmpty();
    assertThat(dashboard.path("panels")).isNotEmpty();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(panel.path("title").asText()).isNotEmpty();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(panel.path("title").asText()).isNotEmpty();
      assertThat(panel.at("/targets/0/expr").asText()).as(panel.path("title").asText()).contains("oss_client_");
    }
  }
}
