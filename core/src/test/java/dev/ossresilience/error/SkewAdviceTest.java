package dev.ossresilience.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error document about time tells by how much the request was off. */
class SkewAdviceTest {
  private static final String SERVER = "2026-01-15T12:00:00.000Z";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-15T11:40:00.000Z | 20 min behind",
        "2026-01-15T12:20:59Z | 20 min ahead of",
        "2026-01-15T12:01:59.999Z | 119 s ahead of",
        "2026-01-15T15:00:00Z | 3 h ahead of",
        "2026-01-13T11:00:00Z | 2 days behind",
        "1970-01-01T00:00:00Z | 20468 days behind",
      })
  void saysByHowMuchAndInWhichDirection(String requestTime, String off) {
    assertThat(solution("RequestTimeTooSkewed", requestTime, SERVER)).endsWith(" The request's time was " + off + " the server's.");
  }

  @ParameterizedTest
  @CsvSource({"yesterday, 2026-01-15T12:00:00Z", "2026-01-15T11:00:00Z, ''", "2026-01-15T12:00:00Z, 2026-01-15T12:00:00.500Z", "2026-13-45T99:99:99Z, 1", "Thu, 2"})
  void whatIsNoTimeOrNoDifferenceIsLeftOut(String requestTime, String serverTime) {
    String plain = String.valueOf(ErrorCatalogue.standard().entry("RequestTimeTooSkewed").solution());
    assertThat(solution("RequestTimeTooSkewed", requestTime, serverTime)).isEqualTo(plain);
    assertThat(solution("RequestTimeTooSkewed", "9".repeat(8000), SERVER)).isEqualTo(plain);
  }

  @Test
  void extremeTimesAreStillOneShortSentence() {
    assertThat(solution("RequestTimeTooSkewed", "-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z")).contains(" days behind").hasSizeLessThan(500);
  }

  @Test
  void otherErrorsKeepTheirAdvice() {
    assertThat(solution("AccessDenied", "2026-01-15T11:00:00Z", SERVER)).doesNotContain("The request's time was");
  }

  private static String solution(String code, String requestTime, String serverTime) {
    String xml =
        "<Error><Code>" + code + "</Code><Detail><RequestTime>" + requestTime + "</RequestTime><ServerTime>" + serverTime + "</ServerTime></Detail></Error>";
    return ErrorParser.standard().parse(new FakeResponse(403, Map.of()), xml.getBytes(UTF_8)).solution();
  }
}
