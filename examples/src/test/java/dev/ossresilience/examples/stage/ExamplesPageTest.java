package dev.ossresilience.examples.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page on examples shows is what one sees. */
class ExamplesPageTest {
  private static final Path PAGE = Path.of("../docs/examples.md");

  /** The first block of text after the command, in its section. */
  private static final String SHOWN = "(?s)```sh\\njava -jar examples/target/oss-examples.jar (%s[^\\n]*)\\n```\\n((?!\\n## ).)*?```text\\n(?<shown>.*?)```";

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "apache", "retrofit", "presigned"})
  void thePageShowsWhatOneSees(String command) throws IOException {
    Matcher block = Pattern.compile(String.format(SHOWN, command)).matcher(Files.readString(PAGE, UTF_8));
    assertThat(block.find()).as(command).isTrue();
    String[] args = block.group(1).replace("LICENSE", "../LICENSE").split(" ");
    Played played = Played.with(command, Arrays.copyOfRange(args, 1, args.length));
    List<String> shown = lines(block.group("shown"));
    assertThat(shown).hasSizeGreaterThan(3);
    assertThat(lines(played.out().replace("../LICENSE", "LICENSE"))).containsSubsequence(shown);
  }

  /** Without pictures, and without what differs from run to run: times, ports, ids. */
  private static List<String> lines(String text) {
    return text.lines()
        .filter(line -> !line.isEmpty() && !line.contains("|"))
        .map(line -> line.replaceAll("\\); .*", "").replaceAll("[0-9A-F]{24}|[0-9.]+ ms|127.0.0.1:\\d+|\\d{8}T\\d{6}Z", "#"))
        .toList();
  }
}
