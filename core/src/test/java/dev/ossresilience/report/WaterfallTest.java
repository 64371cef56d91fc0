package dev.ossresilience.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.operation.Operations;
import dev.ossresilience.report.ExchangeReport.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A call as a picture that any reader of XML can read. */
class WaterfallTest {
  private static final List<Event> EVENTS =
      List.of(
          event(Event.Kind.ATTEMPT, 0, 120, "SocketTimeoutException", null, null),
          event(Event.Kind.WAIT, 120, 40, "", null, Reason.TRANSPORT_FAILURE),
          event(Event.Kind.ATTEMPT, 160, 20, "503 UploadTrafficRateLimitExceeded", "REQUEST-1", Reason.TRANSPORT_FAILURE),
          event(Event.Kind.WAIT, 180, 1000, "", null, Reason.THROTTLED),
          event(Event.Kind.ATTEMPT, 1180, 15, "409 PositionNotEqualToLength", "REQUEST-2", Reason.THROTTLED),
          event(Event.Kind.PROBE, 1195, 0, "200", "REQUEST-3", Reason.APPEND_IN_DOUBT));

  private static Event event(Event.Kind kind, long start, long millis, String result, @Nullable String id, @Nullable Reason reason) {
    return new Event(kind, Duration.ofMillis(start), Duration.ofMillis(millis), result, id, reason);
  }

  private static ExchangeReport report(@Nullable String key, List<Event> events) {
    return new ExchangeReport("AppendObject", Operations.unknown(), "logs", key, Outcome.SUCCESS, true, events, null);
  }

  private static Element read(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(UTF_8))).getDocumentElement();
  }

  private static List<String> texts(Element svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void everyEventIsARowInWordsWithItsReasonAndTime() throws Exception {
    Element svg = read(Waterfall.svg(report("app.log", EVENTS)));
    assertThat(texts(svg))
        .contains("AppendObject of logs/app.log", "SUCCESS (recovered) after 3 attempts in 1195.0 ms", "attempt SocketTimeoutException", "wait ")
        .contains("because of throttled, 1000.0 ms", "probe 200", "0 ms", "200 ms", "1000 ms", "time since the call began, in milliseconds");
    NodeList bars = svg.getElementsByTagName("rect");
    assertThat(bars.getLength()).isEqualTo(1 + EVENTS.size());
    assertThat(Double.parseDouble(((Element) bars.item(6)).getAttribute("width"))).as("of what took no time").isPositive();
  }

  @Test
  void barsStayInThePictureAndFollowTheTime() throws Exception {
    NodeList bars = read(Waterfall.svg(report("app.log", EVENTS))).getElementsByTagName("rect");
    double before = 0;
    for (int i = 1; i < bars.getLength(); i++) {
      double x = Double.parseDouble(((Element) bars.item(i)).getAttribute("x"));
      assertThat(x).isGreaterThanOrEqualTo(before);
      assertThat(x + Double.parseDouble(((Element) bars.item(i)).getAttribute("width"))).isLessThan(960);
      before = x;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&b<script>\"'</text>", "line\nbreak", "\u0000\u0008\uFFFF", "half \uD83D pair", "whole \uD83D\uDE00 pair", "very long and more very long and more very long and more very long and more very long and more very long and more"})
  void whateverTheKeyIsThePictureIsXml(String key) throws Exception {
    Element svg = read(Waterfall.svg(report(key, EVENTS)));
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(texts(svg).get(0)).startsWith("AppendObject of logs/").doesNotContain("\n").hasSizeLessThan(103);
  }

  @Test
  void aKeyCanNotForgeALineOfTheText() {
    String text = Waterfall.text(report("a\nb\u001b[2J", EVENTS));
    assertThat(text.lines()).hasSize(1 + EVENTS.size()).first().asString().startsWith("AppendObject of logs/a?b?[2J -> SUCCESS (recovered) in 1195.0 ms");
    assertThat(Waterfall.text(report(null, List.of()))).startsWith("AppendObject of logs -> ");
  }

  @Test
  void theLabelsOfTheAxisAreNumbersInThePicture() throws Exception {
    for (long millis : new long[] {0, 1, 60_000, 86_400_000}) {
      Element svg = read(Waterfall.svg(report("k", List.of(event(Event.Kind.ATTEMPT, 0, millis, "200", null, null)))));
      NodeList nodes = svg.getElementsByTagName("text");
      for (int i = 0; i < nodes.getLength(); i++) {
        Element text = (Element) nodes.item(i);
        if (text.getAttribute("class").contains("mark")) {
          assertThat(text.getTextContent()).matches("[0-9]+(\\.[0-9]*[1-9])? ms");
          double middle = Double.parseDouble(text.getAttribute("x"));
          assertThat(middle + 3.5 * text.getTextContent().length()).as(text.getTextContent()).isLessThan(960);
        }
      }
    }
  }

  @Test
  void aCallThatHasDoneNothingCanBeDrawn() throws Exception {
    assertThat(texts(read(Waterfall.svg(report(null, List.of()))))).contains("AppendObject of logs");
  }

  @Test
  void itNeedsNothingElse() throws IOException {
    assertThat(Waterfall.svg(report("app.log", EVENTS)).replace("http://www.w3.org/2000/svg", "")).doesNotContain("http").doesNotContain("url(").contains("prefers-color-scheme:dark");
  }
}
