package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers mean that the clock is wrong, and whose word on the time is taken. */
class SkewDetectionTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Scene scene = Scene.signing();

  /**
   * The published table of AWS. Its offsets are the local clock's lead over the server's; ours are what is to be added to the local
   * clock, so they have the other sign. In seconds.
   */
  @ParameterizedTest
  @CsvSource({
    "    0,                     , 401,     0, false",
    "    0,                     , 403,     0, false",
    " 3600,                     , 403,  3600, false",
    "-3600,                     , 403, -3600, false",
    "    0,                     , 404,  3600, false",
    "    0,                     , 404, -3600, false",
    "    0, RequestTimeTooSkewed, 400,     0, true",
    "    0, RequestTimeTooSkewed, 401,     0, true",
    "    0, RequestTimeTooSkewed, 403,     0, true",
    "    0,                     , 403,  3600, true",
    "    0,                     , 403, -3600, true",
    "    0,                     , 401,  3600, true",
    " 3600,                     , 403,     0, true",
    "-3600,                     , 403,     0, true",
  })
  void theTableOfAws(long offsetInForce, String code, int status, long serverAhead, boolean skewed) {
    learn(Duration.ofSeconds(offsetInForce));
    Instant date = scene.clocks.wallTime().plusSeconds(serverAhead);
    Reply reply = code == null ? Reply.of(status).datedByOss(date) : Reply.error(status, code, "").dated(date);
    assertThat(isReplayed(Request.head(), reply)).isEqualTo(skewed);
  }

  @Test
  void aGenuineRefusalIsNeverReplayed() {
    Reply denied = Reply.error(403, "AccessDenied", "").dated(scene.clocks.truth().plus(HOUR));
    assertThat(isReplayed(Request.get(), denied)).isFalse();
    assertThat(isReplayed(Request.get(), Reply.error(403, "SignatureDoesNotMatch", "").dated(scene.clocks.truth().plus(HOUR)))).isFalse();
    assertThat(scene.oss.clockOffset()).isZero();
  }

  @Test
  void theSecondSpellingCountsOnlyIfTheClockIsReallyWrong() {
    Reply spelling = Reply.error(400, "InvalidArgument", "<Message>Invalid signing date in Authorization header.</Message>");
    assertThat(isReplayed(Request.get(), spelling.dated(scene.clocks.truth().plus(Duration.ofMinutes(14))))).isFalse();
    assertThat(isReplayed(Request.get(), spelling.dated(scene.clocks.truth().plus(Duration.ofMinutes(16))))).isTrue();
    Reply other = Reply.error(400, "InvalidArgument", "<Message>Invalid Argument.</Message>").dated(scene.clocks.truth().plus(HOUR.multipliedBy(2)));
    assertThat(isReplayed(Request.get(), other)).isFalse();
  }

  @Test
  void aHeadTellsItInAHeader() {
    assertThat(isReplayed(Request.head(), Reply.skewed(scene.clocks.truth().plus(HOUR)).asHead())).isTrue();
    assertThat(scene.oss.clockOffset()).isEqualTo(HOUR);
  }

  @Test
  void theEcAloneIsEnough() {
    Reply reply = Reply.of(403).with("x-oss-ec", "0002-00000504").dated(scene.clocks.truth());
    assertThat(isReplayed(Request.head(), reply)).isTrue();
  }

  @Test
  void theTimeIsFoundInAGroupOfElementsToo() {
    String detail = "<Detail><ServerTime>" + scene.clocks.truth().plus(HOUR) + "</ServerTime></Detail>";
    assertThat(isReplayed(Request.get(), Reply.error(403, "RequestTimeTooSkewed", detail))).isTrue();
    assertThat(scene.oss.clockOffset()).isEqualTo(HOUR);
  }

  @Test
  void theDocumentIsBelievedBeforeTheDate() {
    isReplayed(Request.get(), Reply.skewed(scene.clocks.truth().plus(HOUR)).dated(Instant.EPOCH));
    assertThat(scene.oss.clockOffset()).isEqualTo(HOUR);
  }

  @ParameterizedTest
  @CsvSource({"1970-01-01T12:52:37Z", "2014-12-31T23:59:59Z", "2046-01-01T00:00:00Z", "2101-01-01T00:00:00Z"})
  void anImpossibleDateIsNotBelieved(Instant date) {
    assertThat(isReplayed(Request.get(), Reply.error(403, "RequestTimeTooSkewed", "").dated(date))).isFalse();
    assertThat(scene.oss.clockOffset()).isZero();
  }

  @Test
  void aClockThatLostItsTimeIsSetByTheServer() {
    scene.clocks.setHostWrongBy(Duration.between(scene.clocks.truth(), Instant.parse("1970-01-02T00:00:00Z")));
    assertThat(scene.play(scene.call(Request.get()))).isEqualTo(2);
    assertThat(scene.oss.clock().instant()).isEqualTo(scene.clocks.truth());
  }

  @Test
  void aRequestIdBeginsWithTheTime() {
    Instant server = scene.clocks.truth().plus(HOUR);
    Reply reply = Reply.of(403).with("x-oss-ec", "0002-00000504").with("x-oss-request-id", Long.toHexString(server.getEpochSecond()).toUpperCase(Locale.ROOT) + "5E6F70A1B2C3D4AF");
    assertThat(isReplayed(Request.head(), reply)).isTrue();
    assertThat(scene.oss.clockOffset()).isEqualTo(HOUR);
  }

  @Test
  void whoIsNotOssIsNotBelieved() {
    Reply proxy = Reply.of(403).with("x-oss-request-id", "").dated(scene.clocks.truth().plus(HOUR));
    assertThat(isReplayed(Request.get(), proxy)).isFalse();
    Reply document = new Reply(403, proxy.headers(), "<Error><Code>RequestTimeTooSkewed</Code></Error>");
    assertThat(isReplayed(Request.get(), document)).isFalse();
    assertThat(scene.oss.clockOffset()).isZero();
  }

  private void learn(Duration offset) {
    if (!offset.isZero()) {
      isReplayed(Request.get(), Reply.skewed(scene.clocks.truth().plus(offset)));
    }
    assertThat(scene.oss.clockOffset()).isEqualTo(offset);
  }

  private boolean isReplayed(Request request, Reply reply) {
    Exchange call = scene.call(request);
    call.begin();
    Step step = answer(call, reply);
    return (step instanceof Step.Refresh ? call.refreshed(call.fetchCredentials()) : step) instanceof Step.Attempt;
  }
}
