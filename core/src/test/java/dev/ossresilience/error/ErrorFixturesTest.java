package dev.ossresilience.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whole responses as OSS and what stands before it send them, and what must be read out of them. */
class ErrorFixturesTest {
  @TestFactory
  List<DynamicTest> everyFixture() {
    return Rows.of("fixtures/expected.tsv").stream().map(row -> DynamicTest.dynamicTest(row.get("file"), () -> check(row))).toList();
  }

  private static void check(Map<String, String> row) {
    String raw = new String(Rows.bytes("fixtures/" + row.get("file")), UTF_8).replace("\r\n", "\n");
    int blank = raw.indexOf("\n\n");
    List<String> head = raw.substring(0, blank < 0 ? raw.length() : blank).lines().toList();
    byte[] body = blank < 0 ? new byte[0] : raw.substring(blank + 2).getBytes(UTF_8);
    Map<String, String> headers = new TreeMap<>();
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    OssError error = ErrorParser.standard().parse(new FakeResponse(Integer.parseInt(head.get(0).split(" ", -1)[1]), headers), body);

    assertThat(error.status()).isEqualTo(Integer.parseInt(row.get("status")));
    assertThat(text(error.code())).isEqualTo(row.get("code"));
    assertThat(text(error.requestId())).isEqualTo(row.get("requestId"));
    assertThat(text(error.hostId())).isEqualTo(row.get("hostId"));
    assertThat(text(error.ec())).isEqualTo(row.get("ec"));
    for (String detail : row.get("detail").split(";", -1)) {
      int equals = detail.indexOf('=');
      if (equals > 0) {
        assertThat(error.details()).containsEntry(detail.substring(0, equals), detail.substring(equals + 1));
      }
    }
    if (!row.get("verdict").isEmpty() && error.status() >= 203) {
      assertThat(error.verdict()).isEqualTo(Verdict.valueOf(row.get("verdict")));
    }
  }

  private static String text(@org.jspecify.annotations.Nullable String value) {
    return value == null ? "" : value;
  }
}
