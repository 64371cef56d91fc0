package dev.ossresilience.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the pages show compiles against what is here. */
class ReadmeTest {
  private static final Pattern JAVA_BLOCK = Pattern.compile("^```java\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir private Path classes;

  @Test
  void everyJavaSnippetCompiles() throws IOException {
    List<String> uses = snippets("README.md");
    assertThat(uses).as("OkHttp, its call factory, HttpClient, the appender, the policy, signing").hasSize(6);
    List<String> tests = snippets("docs", "simulator.md");
    assertThat(tests).as("the extension, the builder, the conformance suite").hasSize(3);
    List<String> composing = snippets("docs", "composing.md");
    assertThat(composing).as("tracing the call factory").hasSize(1);
    for (String snippet : Stream.of(uses, tests, composing).flatMap(List::stream).toList()) {
      assertThat(compile(snippet)).as(snippet).isEmpty();
    }
  }

  @Test
  void aSnippetThatDoesNotFitIsNoticed() {
    assertThat(compile("import dev.ossresilience.OssResilience;\nOssResilience.builder().noSuchSetting();\n")).contains("noSuchSetting");
  }

  @Test
  void thePageOnTheSimulatorNamesEveryFault() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "simulator.md"), StandardCharsets.UTF_8);
    for (String usage : Fault.menu()) {
      assertThat(page).contains("`" + usage + "`");
    }
  }

  private static List<String> snippets(String... path) throws IOException {
    List<String> snippets = new ArrayList<>();
    Matcher matcher = JAVA_BLOCK.matcher(Files.readString(Path.of("..", path), StandardCharsets.UTF_8));
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
