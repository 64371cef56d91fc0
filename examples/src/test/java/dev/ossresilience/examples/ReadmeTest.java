package dev.ossresilience.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the pages show compiles against what is here. */
class ReadmeTest {
  private static final Pattern JAVA_BLOCK = Pattern.compile("^```java\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  /** A link to another page, or to a place in one; not to another site. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

  private static final Path ROOT = Path.of("..");

  @TempDir private Path classes;

  /** All pages that show Java, with how much they show: a page that isn't here is told about, and so is a snippet that got lost. */
  private static final Map<String, Integer> SNIPPETS =
      new TreeMap<>(
          Map.of(
              "README.md", 3,
              "docs/clocks-and-credentials.md", 1,
              "docs/composing.md", 3,
              "docs/httpclient.md", 2,
              "docs/migration.md", 1,
              "docs/observability.md", 1,
              "docs/okhttp.md", 3,
              "docs/simulator.md", 3,
              "docs/with-the-sdks.md", 1));

  @TestFactory
  Stream<DynamicTest> everyJavaSnippetCompiles() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String page : SNIPPETS.keySet()) {
      List<String> snippets = snippets(page);
      for (int i = 0; i < snippets.size(); i++) {
        String snippet = snippets.get(i);
        tests.add(DynamicTest.dynamicTest(page + " " + (i + 1), () -> assertThat(compile(snippet)).as(snippet).isEmpty()));
      }
    }
    return tests.stream();
  }

  @Test
  void everyPageWithSnippetsIsKnown() throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    for (Path page : pages()) {
      String name = ROOT.relativize(page).toString();
      int count = snippets(name).size();
      if (count > 0) {
        found.put(name, count);
      }
    }
    assertThat(found).isEqualTo(SNIPPETS);
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page, UTF_8));
      while (link.find()) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        assertThat(target).as("%s in %s", link.group(), page).exists();
        if (link.group(2) != null) {
          assertThat(anchors(target)).as("%s in %s", link.group(), page).contains(link.group(2));
        }
      }
    }
  }

  @Test
  void theReadmeIsShortAndLeadsToEveryPage() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"), UTF_8);
    assertThat(readme.lines().count()).isLessThan(200);
    for (Path page : pages()) {
      String name = ROOT.relativize(page).toString();
      assertThat(name.equals("README.md") || readme.contains("](" + name + ")")).as(name).isTrue();
    }
  }

  @Test
  void aSnippetThatDoesNotFitIsNoticed() {
    assertThat(compile("import dev.ossresilience.OssResilience;\nOssResilience.builder().noSuchSetting();\n")).contains("noSuchSetting");
  }

  @Test
  void thePageOnTheSimulatorNamesEveryFault() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/simulator.md"), UTF_8);
    for (String usage : Fault.menu()) {
      assertThat(page).contains("`" + usage + "`");
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** As they are made of headings. */
  private static List<String> anchors(Path page) throws IOException {
    return Files.readString(page, UTF_8).lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }

  private static List<String> snippets(String page) throws IOException {
    List<String> snippets = new ArrayList<>();
    Matcher matcher = JAVA_BLOCK.matcher(Files.readString(ROOT.resolve(page), UTF_8));
    while (matcher.find()) {
      snippets.add(matcher.group(1));
    }
    return snippets;
  }

  /** What the compiler has to say against a snippet: imports first, then statements. */
  private String compile(String snippet) {
    String imports = snippet.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
    String statements = snippet.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    String source = imports + "\nclass Snippet { void run() throws Exception {\n" + statements + "\n} }";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter complaints = new StringWriter();
    List<String> options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:all,-classfile,-processing", "-proc:none");
    boolean compiled = compiler.getTask(complaints, null, null, options, null, List.of(file)).call();
    return compiled ? complaints.toString() : "does not compile: " + complaints;
  }
}
