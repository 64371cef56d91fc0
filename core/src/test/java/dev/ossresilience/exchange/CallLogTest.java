package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.log.LogRecording;
import dev.ossresilience.report.OssEvent;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

/** What the log says of calls, and at which level. */
class CallLogTest {
  private static final Request PUT = Request.of("PUT", null, 5);
  private static final Reply BROKEN = Reply.error(500, "InternalError", "<Message>CANARY</Message>");

  private final Scene scene = Scene.signing();
  private final LogRecording log = LogRecording.at(Level.DEBUG);

  @AfterEach
  void stop() {
    log.close();
  }

  private Step resume(Exchange call, Step step) {
    scene.clocks.pass(((Step.Pause) step).delay());
    return call.resumed();
  }

  @Test
  void aSuccessIsOneLineAtDebug() {
    Exchange call = scene.call(PUT);
    call.begin();
    answer(call, Reply.of(200));
    assertThat(log.lines())
        .containsExactly("DEBUG PutObject of logs/k ended with SUCCESS after 1 attempt in 0 ms, the last: 200 (request ids: REQUEST-5E6F70A1B2C3D4AF)");
  }

  @Test
  void whatIsRepeatedSaysWhyAndStaysAtDebug() {
    Exchange call = scene.call(PUT);
    call.begin();
    resume(call, answer(call, BROKEN));
    answer(call, Reply.of(200));
    assertThat(log.lines()).allMatch(line -> line.startsWith("DEBUG PutObject of logs/k"));
    assertThat(log.lines().get(0)).endsWith("attempt 1 was answered with 500 InternalError after 0 ms (request id REQUEST-5E6F70A1B2C3D4AF)");
    assertThat(log.lines().get(1)).contains("waits ", "SERVER_ERROR");
    assertThat(log.lines().get(2)).contains("SUCCESS (recovered) after 2 attempts");
    assertThat(log.lines()).hasSize(3);
  }

  @Test
  void aCallThatFailsForGoodIsOneLineAtWarnWithAllRequestIds() {
    log.close();
    try (LogRecording warnings = LogRecording.at(Level.INFO)) {
      Exchange call = scene.call(PUT);
      Step step = call.begin();
      while (step instanceof Step.Attempt) {
        step = answer(call, BROKEN);
        step = step instanceof Step.Pause ? resume(call, step) : step;
      }
      assertThat(warnings.lines()).hasSize(1);
      assertThat(warnings.lines().get(0))
          .startsWith("WARN PutObject of logs/k ended with ERROR_RESPONSE after 5 attempts in ")
          .contains(", the last: 500 InternalError (request ids: " + "REQUEST-5E6F70A1B2C3D4AF, ".repeat(4) + "REQUEST-5E6F70A1B2C3D4AF)");
    }
  }

  @Test
  void anAmbiguousOutcomeIsOneLineAtWarn() {
    Exchange call = Scene.once().call(Request.of("POST", "append&position=10", 5).once());
    call.begin();
    Step step = call.failed(new SocketTimeoutException("CANARY"), null, true);
    while (step instanceof Step.Probe) {
      step = call.probed(Reply.error(403, "AccessDenied", ""), new byte[0], 0, 0);
    }
    assertThat(log.lines()).filteredOn(line -> !line.startsWith("DEBUG")).hasSize(1).allMatch(
        line -> line.startsWith("WARN AppendObject of logs/k ended with AMBIGUOUS after 1 attempt in 0 ms, the last: SocketTimeoutException"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 404, NoSuchKey, DEBUG", "HEAD, 404, NoSuchKey, DEBUG", "GET, 304, NotModified, DEBUG", "PUT, 412, PreconditionFailed, DEBUG",
    "GET, 416, InvalidRange, DEBUG", "GET, 404, NoSuchBucket, WARN", "PUT, 404, NoSuchBucket, WARN", "GET, 403, AccessDenied, WARN", "PUT, 400, InvalidArgument, WARN"
  })
  void anAnswerThatTheCallerHasAskedForIsNoWarning(String method, int status, String code, String level) {
    Exchange call = scene.call(Request.of(method, null, method.equals("PUT") ? 5 : 0));
    call.begin();
    answer(call, Reply.error(status, code, ""));
    assertThat(log.lines()).last().asString().startsWith(level + " ");
    assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).hasSize(level.equals("WARN") ? 1 : 0);
  }

  @Test
  void aCancelledCallIsTheCallersBusiness() {
    Exchange call = scene.call(Request.get());
    call.begin();
    answer(call, BROKEN);
    call.cancelled(new InterruptedIOException("CANARY"));
    assertThat(log.lines()).allMatch(line -> line.startsWith("DEBUG")).last().asString().contains("CANCELLED");
  }

  @Test
  void theBreakerIsSaidOnceThoughAllCallsMeetIt() {
    Scene unpaced = Scene.with(builder -> builder.pacing(false));
    for (int i = 0; i < 40; i++) {
      Exchange call = unpaced.call(PUT);
      if (call.begin() instanceof Step.Attempt) {
        answer(call, BROKEN);
      }
    }
    assertThat(log.lines()).filteredOn(line -> line.startsWith("INFO")).hasSize(1).allMatch(line -> line.contains("from CLOSED to OPEN"));
  }

  /** HTTP/2 can carry line feeds in a header, and nobody bounds its length. */
  @Test
  void aRequestIdOfAHeaderCanNotForgeALineEither() {
    String forged = "A\nWARN forged\u001b[2J\u2028" + "x".repeat(5000);
    Exchange call = scene.call(PUT);
    call.begin();
    answer(call, Reply.of(200).with("x-oss-request-id", forged));
    assertThat(log.lines()).hasSize(1).allSatisfy(line -> assertThat(line).contains("A WARN forged [2J x").hasSizeLessThan(500).doesNotContain("\n", "\u2028"));
    assertThat(call.report().events()).allSatisfy(event -> assertThat(event.requestId()).doesNotContain("\n").hasSizeLessThan(300));
  }

  @Test
  void aRequestIdOfAnAnswerToAQuestionCanNotForgeALine() {
    Exchange call = Scene.once().call(Request.of("POST", "append&position=10", 5));
    call.begin();
    Step step = call.failed(new SocketTimeoutException("Read timed out"), null, true);
    step = step instanceof Step.Digest ? call.digested(5, 1, new byte[0]) : step;
    assertThat(step).isInstanceOf(Step.Probe.class);
    call.probed(Reply.of(200).with("x-oss-request-id", "A\nWARN forged"), new byte[0], 0, 0);
    assertThat(log.lines()).noneMatch(line -> line.contains("\n"));
    assertThat(String.join("|", log.lines())).contains("A WARN forged");
  }

  /** Everything secret that can come by, in one call; the events are those that {@link OssEvent} has records for. */
  @Test
  void noLineAndNoEventNamesASecret() {
    List<OssEvent> events = new ArrayList<>();
    Credentials[] current = {new Credentials("CANARYID1", "CANARY", "CANARY-TOKEN")};
    CredentialsProvider provider = () -> current[0];
    Scene wrong = Scene.with(builder -> builder.signer(OssSigner.v4("cn-hangzhou", provider)).events(events::add));
    wrong.clocks.setHostWrongBy(Duration.ofHours(2));
    String echo =
        "<Message>CANARY</Message><SecurityToken>CANARY-TOKEN</SecurityToken><StringToSign>CANARY</StringToSign><SignatureProvided>CANARY</SignatureProvided>";
    Exchange call = wrong.call(Request.append().withQuery("append&position=10").withHeader("x-oss-meta-a", "CANARY"));
    Step step = call.begin();
    String signature = ((Step.Attempt) step).edit().headers().get("Authorization");
    answer(call, wrong.byTime(step));
    answer(call, Reply.error(403, "SecurityTokenExpired", echo));
    current[0] = new Credentials("CANARYID2", "CANARY", "CANARY-TOKEN2");
    call.refreshed(call.fetchCredentials());
    step = call.failed(new SocketTimeoutException("CANARY"), null, true);
    assertThat(step).isInstanceOf(Step.Pause.class);
    wrong.clocks.pass(((Step.Pause) step).delay());
    call.resumed();
    step = answer(call, Reply.error(409, "PositionNotEqualToLength", echo).with("x-oss-next-append-position", "15"));
    step = step instanceof Step.Digest ? call.digested(5, 1, new byte[0]) : step;
    assertThat(step).isInstanceOf(Step.Probe.class);
    call.probed(Reply.error(403, "AccessDenied", echo), new byte[0], 0, 0);
    assertThat(events).hasAtLeastOneElementOfType(OssEvent.ClockCorrected.class).hasAtLeastOneElementOfType(OssEvent.CredentialsRefreshed.class)
        .hasAtLeastOneElementOfType(OssEvent.AttemptFailed.class).hasAtLeastOneElementOfType(OssEvent.CallEnded.class);
    assertThat(log.lines()).hasSizeGreaterThan(5);
    assertThat(events + "\n" + log.lines()).doesNotContain("CANARY").doesNotContain(signature.substring(signature.indexOf("Signature=") + 10));
  }
}
