package dev.ossresilience.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ossresilience.OssResilience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published is whole: the BOM, the metadata, and what a native image must be told. */
class PackagingTest {
  private static final Path ROOT = Path.of("..");

  /** Directory and artifact of each module that programs use. */
  private static final Map<String, String> PUBLISHED =
      new TreeMap<>(
          Map.of(
              "core", "oss-resilience-core",
              "okhttp-interceptor", "oss-resilience-okhttp",
              "apache-httpclient-adapter", "oss-resilience-apache5",
              "micrometer", "oss-resilience-micrometer",
              "opentelemetry", "oss-resilience-opentelemetry",
              "testkit", "oss-resilience-testkit"));

  /** What GraalVM must be told of: it finds neither a resource nor a member by a name that it can't see is constant. */
  private static final Pattern REFLECTION =
      Pattern.compile(
          "[.]class[.]getResource|getResourceAsStream|Class[.]forName|getDeclared(Method|Field|Constructor)|[.]getMethod[(][^)]|[.]get(Field|Constructor)[(]"
              + "|setAccessible|newProxyInstance|ServiceLoader|ObjectInputStream");

  @Test
  void theBomHasEveryPublishedModuleInTheVersionOfAll() throws IOException {
    String bom = read("bom", "pom.xml");
    assertThat(all(bom, "<artifactId>(oss-resilience-(?!bom)[a-z0-9]+)</artifactId>")).containsExactlyInAnyOrderElementsOf(PUBLISHED.values());
    assertThat(bom).as("no parent, whose managed versions would come along").doesNotContain("<parent>");
    String version = all(read("pom.xml"), "<artifactId>oss-resilience-parent</artifactId>\\s*<version>(.*?)</version>").get(0);
    assertThat(all(bom, "<artifactId>oss-resilience-bom</artifactId>\\s*<version>(.*?)</version>")).containsExactly(version);
  }

  @Test
  void theScriptsAndTheConsumerLeaveNoPublishedModuleOut() throws IOException {
    for (String module : PUBLISHED.keySet()) {
      assertThat(read(".ci", "reproducible")).containsPattern("modules=\".*\\b" + module + "\\b");
      assertThat(read(".ci", "consumer")).containsPattern("-pl .*\\b" + module + "\\b.* deploy:deploy");
    }
    assertThat(all(read("examples", "consumer", "pom.xml"), "<artifactId>(oss-resilience-(?!bom|core)[a-z0-9]+)</artifactId>"))
        .containsExactlyInAnyOrderElementsOf(PUBLISHED.values().stream().filter(artifact -> !artifact.endsWith("-core")).toList());
  }

  @Test
  void everyPomSaysWhatARepositoryAsks() throws IOException {
    for (String pom : List.of(read("pom.xml"), read("bom", "pom.xml"))) {
      for (String element : List.of("name", "description", "url", "licenses", "developers", "scm")) {
        assertThat(pom).contains("<" + element);
      }
    }
    for (String module : PUBLISHED.keySet()) {
      assertThat(read(module, "pom.xml")).as(module).contains("<name>" + PUBLISHED.get(module), "<description>");
      assertThat(ROOT.resolve(module).resolve("src/main/java/module-info.java")).exists();
    }
  }

  @Test
  void everyDependencyHasItsReason() throws IOException {
    String reasons = read("CONTRIBUTING.md");
    List<String> modules = new ArrayList<>(PUBLISHED.keySet());
    modules.addAll(List.of("fuzz", "examples"));
    for (String module : modules) {
      for (String dependency : all(read(module, "pom.xml"), "<dependency>\\s*<groupId>[^<]*</groupId>\\s*<artifactId>([^<]*)</artifactId>")) {
        if (!dependency.startsWith("oss-resilience-")) {
          assertThat(reasons).as("%s of %s", dependency, module).contains("`" + dependency + "`");
        }
      }
    }
  }

  @Test
  void theConsumerTakesTheVersionOfAll() throws IOException {
    String version = all(read("bom", "pom.xml"), "<artifactId>oss-resilience-bom</artifactId>\\s*<version>(.*?)</version>").get(0);
    assertThat(read("examples", "consumer", "pom.xml")).contains("<oss-resilience.version>" + version + "<");
    assertThat(read("README.md")).as("while it is a snapshot the README names it").contains("oss-resilience-bom:" + version);
  }

  @Test
  void aNativeImageIsToldOfEveryResourceOfCore() throws IOException {
    Path resources = ROOT.resolve("core/src/main/resources");
    List<Pattern> included = new ArrayList<>();
    for (JsonNode include : metadata("core", "oss-resilience-core", "resource-config.json").path("resources").path("includes")) {
      included.add(Pattern.compile(include.path("pattern").asText()));
    }
    List<String> read;
    try (Stream<Path> files = Files.walk(resources)) {
      read = files.filter(Files::isRegularFile).map(file -> resources.relativize(file).toString()).filter(name -> !name.startsWith("META-INF/")).toList();
    }
    assertThat(read).hasSize(included.size());
    for (String name : read) {
      assertThat(included).as(name).anyMatch(pattern -> pattern.matcher(name).matches());
      assertThat(OssResilience.class.getClassLoader().getResource(name)).isNotNull();
    }
  }

  @Test
  void aNativeImageIsToldOfEveryMemberThatIsLookedUp() throws Exception {
    List<String> members = new ArrayList<>();
    for (String module : List.of("okhttp-interceptor", "apache-httpclient-adapter")) {
      for (JsonNode type : metadata(module, PUBLISHED.get(module), "reflect-config.json")) {
        for (JsonNode method : type.path("methods")) {
          List<Class<?>> parameters = new ArrayList<>();
          for (JsonNode parameter : method.path("parameterTypes")) {
            parameters.add(Class.forName(parameter.asText()));
          }
          Class<?> declaring = Class.forName(type.path("name").asText());
          assertThat(declaring.getDeclaredMethod(method.path("name").asText(), parameters.toArray(Class<?>[]::new))).isNotNull();
          members.add(declaring.getSimpleName() + "." + method.path("name").asText());
        }
      }
    }
    assertThat(members)
        .containsExactlyInAnyOrder(
            "Chain.withCookieJar", "Call.addEventListener", "RealCall.getClient", "HttpClientBuilder.addCloseable", "HttpAsyncClientBuilder.addCloseable");
  }

  /** Whoever adds a place here tells the native image too. */
  @Test
  void nothingElseIsLookedUpByName() throws IOException {
    List<String> places = new ArrayList<>();
    for (String module : PUBLISHED.keySet().stream().filter(module -> !module.equals("testkit")).toList()) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
          if (REFLECTION.matcher(Files.readString(file, UTF_8)).find()) {
            places.add(Objects.toString(file.getFileName()));
          }
        }
      }
    }
    assertThat(places).containsExactlyInAnyOrder("CatalogueReader.java", "Operations.java", "Carrier.java", "PlainCarrier.java", "Lifetime.java");
  }

  private static JsonNode metadata(String module, String artifact, String file) throws IOException {
    return new ObjectMapper().readTree(read(module, "src/main/resources/META-INF/native-image/dev.ossresilience", artifact, file));
  }

  private static String read(String... path) throws IOException {
    return Files.readString(ROOT.resolve(Path.of("", path)), UTF_8);
  }

  private static List<String> all(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
