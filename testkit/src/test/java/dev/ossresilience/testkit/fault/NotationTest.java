package dev.ossresilience.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How faults are written, alone and in scripts. */
class NotationTest {
  static List<FaultMenu.Line> menu() {
    return FaultMenu.LINES;
  }

  @ParameterizedTest
  @MethodSource("menu")
  void everythingOnTheMenuCanBeWrittenAndReadBack(FaultMenu.Line line) {
    Fault fault = Fault.parse(line.example());
    assertThat(Fault.parse(fault.toString())).isEqualTo(fault);
  }

  @Test
  void theMenuHasEveryFactoryMethod() {
    Set<String> factories =
        Arrays.stream(Fault.class.getMethods())
            .filter(method -> method.getReturnType() == Fault.class && !method.getName().equals("parse"))
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertThat(menu().stream().map(FaultMenu.Line::name).collect(Collectors.toSet())).isEqualTo(factories);
    assertThat(Fault.menu()).contains("error STATUS CODE", "error CODE", "drop").doesNotHaveDuplicates();
  }

  @Test
  void aFaultIsWrittenAsItsFactoryIsCalled() {
    assertThat(Fault.parse(" drop ")).isEqualTo(Fault.drop());
    assertThat(Fault.parse("error  503 SlowDown")).isEqualTo(Fault.error(503, "SlowDown"));
    assertThat(Fault.parse("throttled UploadTrafficRateLimitExceeded")).isEqualTo(Fault.throttled("UploadTrafficRateLimitExceeded"));
    assertThat(Fault.parse("applyThenError 500 InternalError")).isEqualTo(Fault.applyThenInternalError());
    assertThat(Fault.parse("skewed -PT20M")).isEqualTo(Fault.skewed(Duration.ofMinutes(-20)));
    assertThat(Fault.parse("foreignAppend some  text")).isEqualTo(Fault.foreignAppend("some  text".getBytes(StandardCharsets.UTF_8)));
    assertThat(Fault.parse("redirect http://elsewhere.example/#x")).isEqualTo(Fault.redirect("http://elsewhere.example/#x"));
  }

  @Test
  void anErrorOfOssNeedsNoStatus() {
    assertThat(Fault.parse("error NoSuchBucket")).isEqualTo(Fault.error(404, "NoSuchBucket"));
    assertThat(Fault.error("QpsLimitExceeded")).isEqualTo(Fault.error(429, "QpsLimitExceeded"));
    assertThatThrownBy(() -> Fault.parse("error Unheard")).hasMessageContaining("name one, as in error 503 Unheard");
  }

  @ParameterizedTest
  @ValueSource(strings = {" padded ", "line\nbreak", "hex:", "", "\u00e9", "\u0000"})
  void bytesThatAreNoPlainTextComeBackTheSame(String text) {
    Fault fault = Fault.foreignAppend(text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(fault.toString()).startsWith("foreignAppend hex:");
    assertThat(Fault.parse(fault.toString())).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      dorp                 | there is no fault "dorp"
      ''                   | there is no fault ""
      error                | arguments are missing; write error STATUS CODE or error CODE
      error 99 X           | STATUS must be an HTTP status from 200 to 599, not "99"
      error abc X          | STATUS must be an HTTP status from 200 to 599, not "abc"
      error 503            | CODE must be an error code of OSS
      error 503 a b        | "503 a b" does not fit; write error STATUS CODE or error CODE
      drop it              | "it" does not fit; write drop
      skewed 20            | DURATION must be a duration in ISO 8601, such as PT20M or -PT1H, not "20"
      foreignAppend        | arguments are missing; write foreignAppend TEXT
      foreignAppend hex:0  | TEXT must be some text, or hex: and pairs of hexadecimal digits, not "hex:0"
      """)
  void aWrongLineSaysWhatIsWrongAndWhatThereIs(String line, String complaint) {
    assertThatThrownBy(() -> Fault.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + line + "\"")
        .hasMessageContaining(complaint)
        .hasMessageContaining("\n  error STATUS CODE\n")
        .hasMessageContaining("\n  redirect URL");
  }

  @Test
  void aScriptHasCommentsEmptyLinesAndRepeats() {
    assertThat(FaultScript.parse("# a bad morning\n\n  3x throttled TotalQpsLimitExceeded\r\nnone\nforeignAppend # 1\n"))
        .containsExactly(
            Fault.throttled("TotalQpsLimitExceeded"),
            Fault.throttled("TotalQpsLimitExceeded"),
            Fault.throttled("TotalQpsLimitExceeded"),
            Fault.none(),
            Fault.foreignAppend("# 1".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> FaultScript.parse("drop\n\n2x dorp\n")).hasMessageContaining("line 3: not a fault: \"dorp\"");
  }

  @Test
  void aFaultThatIsAskedForNoTimesIsAMistake() {
    assertThatThrownBy(() -> FaultScript.parse("drop\n0x drop\n")).hasMessageContaining("line 2: \"0x drop\" asks for no fault");
    assertThatThrownBy(() -> FaultScript.parse("000x drop")).hasMessageContaining("line 1: ");
  }

  @Test
  void aByteOrderMarkBeforeAScriptIsSkipped() {
    assertThat(FaultScript.parse("\uFEFFdrop\n")).containsExactly(Fault.drop());
    assertThatThrownBy(() -> FaultScript.parse("drop\n\uFEFFdrop\n")).hasMessageContaining("line 2: ");
  }
}
