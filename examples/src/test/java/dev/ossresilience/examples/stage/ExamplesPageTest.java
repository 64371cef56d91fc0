package dev.ossresilience.examples.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page on examples shows is what one sees. */
class ExamplesPageTest {
  private static final Path PAGE = Path.of("../docs/examples.md");

  /** A command and the first block of text after it, in its section. */
  private static final Pattern SHOWN =
      Pattern.compile("(?s)```sh\\njava -jar examples/target/oss-examples.jar ([^\\n]*)\\n```\\n(?:(?!\\n## ).)*?```text\\n(.*?)```");

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "apache", "retrofit", "presigned"})
  void thePageShowsWhatOneSees(String command) throws IOException {
    MatchResult block = SHOWN.matcher(Files.readString(PAGE, UTF_8)).results().filter(any -> any.group(1).startsWith(command)).findFirst().orElseThrow();
    String[] args = block.group(1).replace("LICENSE", "../LICENSE").split(" ", -1);
    Played played = Played.with(command, Arrays.copyOfRange(args, 1, args.length));
    List<String> shown = lines(block.group(2));
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
