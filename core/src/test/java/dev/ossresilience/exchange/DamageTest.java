package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.report.ExchangeReport.Outcome;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers whose CRC64 isn't that of what was sent, and what must not be forgotten of them. */
class DamageTest {
  private static final byte[] BODY = "hello".getBytes(UTF_8);
  private static final byte[] PREFIX = "0123456789".getBytes(UTF_8);
  private static final byte[] WHOLE = "0123456789hello".getBytes(UTF_8);

  private final Scene scene = Scene.signing();

  private static Reply withCrc(Reply reply, byte[] content) {
    return reply.with("x-oss-hash-crc64ecma", Crc64.format(Crc64.of(content)));
  }

  private static Step sent(Exchange call, Reply reply) {
    call.bodySent(new BodySent(BODY.length, Crc64.of(BODY)));
    return answer(call, reply);
  }

  private static IOException thrown(Step step) {
    assertThat(step).isInstanceOf(Step.Fail.class);
    return ((Step.Fail) step).cause();
  }

  private static Request put() {
    return Request.of("PUT", null, BODY.length);
  }

  private Exchange damagedPut() {
    Exchange call = scene.call(put());
    call.begin();
    assertThat(sent(call, withCrc(Reply.of(200), PREFIX))).isInstanceOf(Step.Attempt.class);
    return call;
  }

  @Test
  void whatArrivesWholeAtTheSecondAttemptIsASuccess() {
    Exchange call = damagedPut();
    assertThat(sent(call, withCrc(Reply.of(200), BODY))).isInstanceOf(Step.Deliver.class);
    assertThat(call.report().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void whatMustNotOverwriteIsNotSentAgainOntoItsOwnDamage() {
    Exchange call = scene.call(put().withHeader("x-oss-forbid-overwrite", "true"));
    call.begin();
    assertThat(thrown(sent(call, withCrc(Reply.of(200), PREFIX)))).isInstanceOf(IntegrityException.class).hasMessageContaining("delete it");
  }

  @Test
  void whatCallsBackIsNotSentAgainBecauseOfDamage() {
    Exchange call = scene.call(put().withHeader("x-oss-callback", "e30="));
    call.begin();
    assertThat(thrown(sent(call, withCrc(Reply.of(200), PREFIX)))).isInstanceOf(IntegrityException.class);
  }

  @Test
  void anAppendAcknowledgedWithAnotherLengthIsNotAppendedAgainBehindItself() {
    Exchange call = scene.call(Request.append());
    call.begin();
    assertThat(answer(call, Reply.appended().with("x-oss-next-append-position", "12"))).isInstanceOf(Step.Pause.class);
    assertThat(call.resumed()).isInstanceOf(Step.Attempt.class);
    Reply conflict = Reply.error(409, "PositionNotEqualToLength", "").with("x-oss-next-append-position", "12");
    assertThat(thrown(answer(call, conflict))).isInstanceOf(AmbiguousAppendException.class).hasMessageContaining("another body");
  }

  @Test
  void aRefusalOfTheSecondAttemptDoesNotMakeTheDamageForgotten() {
    assertThat(thrown(sent(damagedPut(), Reply.error(403, "AccessDenied", "")))).isInstanceOf(IntegrityException.class);
  }

  @Test
  void aLossOfTheOtherAttemptsDoesNotMakeTheDamageForgotten() {
    Exchange call = damagedPut();
    Step step = call.failed(new SocketTimeoutException("lost"), null, true);
    while (step instanceof Step.Pause) {
      call.resumed();
      step = call.failed(new SocketTimeoutException("lost"), null, true);
    }
    assertThat(thrown(step)).isInstanceOf(IntegrityException.class);
    assertThat(thrown(step).getSuppressed()).filteredOn(IOException.class::isInstance).hasSize(4);
  }

  @Test
  void whoGivesUpAfterDamageIsToldOfIt() {
    IOException cancelled = damagedPut().cancelledInFlight(new IOException("Canceled"), true);
    assertThat(cancelled).hasMessage("Canceled");
    assertThat(cancelled.getSuppressed()).hasAtLeastOneElementOfType(IntegrityException.class);
  }

  private void learnPrefix() {
    Exchange head = scene.call(Request.head());
    head.begin();
    answer(head, withCrc(Reply.of(200).with("x-oss-object-type", "Appendable").with("x-oss-next-append-position", "10"), PREFIX));
  }

  @Test
  void theFirstAppendAfterAHeadIsCompared() {
    learnPrefix();
    Exchange right = scene.call(Request.append());
    right.begin();
    assertThat(sent(right, withCrc(Reply.appended(), WHOLE))).isInstanceOf(Step.Deliver.class);
    learnPrefix();
    Exchange wrong = scene.call(Request.append());
    wrong.begin();
    assertThat(sent(wrong, withCrc(Reply.appended(), BODY))).isInstanceOf(Step.Probe.class);
  }

  @ParameterizedTest
  @CsvSource({"Normal, 10, 123", "Appendable, ten, 123", "Appendable, 10, x", "Appendable, 10, "})
  void aHeadThatDoesNotTellEnoughIsNotRemembered(String type, String end, @Nullable String crc) {
    Exchange head = scene.call(Request.head());
    head.begin();
    answer(head, Reply.of(200).with("x-oss-object-type", type).with("x-oss-next-append-position", end).with("x-oss-hash-crc64ecma", crc == null ? "" : crc));
    Exchange append = scene.call(Request.append());
    append.begin();
    assertThat(sent(append, withCrc(Reply.appended(), BODY))).isInstanceOf(Step.Deliver.class);
  }

  private Exchange damagedAppend() {
    learnPrefix();
    Exchange call = scene.call(Request.append());
    call.begin();
    assertThat(sent(call, withCrc(Reply.appended(), BODY))).isInstanceOf(Step.Probe.class);
    return call;
  }

  private static Step readBack(Exchange call, byte[] bytes) {
    Reply range = Reply.of(206).with("content-range", "bytes 10-14/15");
    return call.probed(range, new byte[0], bytes.length, Crc64.of(bytes));
  }

  @Test
  void anAppendIsDamagedIfOtherBytesAreReadBack() {
    assertThat(thrown(readBack(damagedAppend(), "hEllo".getBytes(UTF_8)))).isInstanceOf(IntegrityException.class);
    assertThat(readBack(damagedAppend(), BODY)).as("only the prefix was another").isInstanceOf(Step.Recovered.class);
  }

  @Test
  void anAppendWhoseBytesCannotBeReadBackIsNeitherDamagedNorWhole() {
    Exchange call = damagedAppend();
    IOException thrown = thrown(call.probed(Reply.error(403, "AccessDenied", ""), "<Error/>".getBytes(UTF_8), 0, 0));
    assertThat(thrown).isInstanceOf(AmbiguousAppendException.class).hasMessageContaining("CRC64").hasCauseInstanceOf(IntegrityException.class);
  }

  @Test
  void aConflictThatCannotBeComparedIsAmbiguousEvenAtFirst() {
    Scene small = Scene.with(builder -> builder.appends(AppendPolicy.followEnd().withMaxVerifyBytes(4)));
    Exchange call = small.call(Request.append());
    call.begin();
    assertThat(answer(call, Reply.error(409, "PositionNotEqualToLength", "").with("x-oss-next-append-position", "15"))).isInstanceOf(Step.Digest.class);
    assertThat(thrown(call.digested(BODY.length, Crc64.of(BODY), new byte[0]))).isInstanceOf(AmbiguousAppendException.class);
  }

  @Test
  void aConflictWithABodyThatIsGoneIsLookedIntoIfItWentOutWhole() {
    Reply conflict = Reply.error(409, "PositionNotEqualToLength", "").with("x-oss-next-append-position", "15");
    Exchange whole = scene.call(Request.append().once());
    whole.begin();
    assertThat(sent(whole, conflict)).isInstanceOf(Step.Probe.class);
    Exchange part = scene.call(Request.append().once());
    part.begin();
    assertThat(answer(part, conflict)).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void aGarbledPositionIsAskedForAgain() {
    learnPrefix();
    Exchange call = scene.call(Request.append());
    call.begin();
    answer(call, Reply.error(409, "PositionNotEqualToLength", "").with("x-oss-next-append-position", "15"));
    call.digested(BODY.length, Crc64.of(BODY), new byte[0]);
    Reply head = withCrc(Reply.of(200).with("x-oss-object-type", "Appendable"), WHOLE);
    assertThat(call.probed(head.with("x-oss-next-append-position", "-15"), new byte[0], 0, 0)).isInstanceOf(Step.Pause.class);
    assertThat(call.resumed()).isInstanceOf(Step.Probe.class);
    assertThat(call.probed(head.with("x-oss-next-append-position", "15"), new byte[0], 0, 0)).isInstanceOf(Step.Recovered.class);
  }

  @Test
  void itIsSwitchedOffWithOneLine() {
    Scene off = Scene.with(builder -> builder.uploadIntegrity(false));
    assertThat(off.call(put()).checksBody()).isFalse();
    assertThat(off.call(Request.append()).checksBody()).isFalse();
    Exchange once = off.call(Request.append().once());
    assertThat(once.checksBody()).as("needed for another reason").isTrue();
    once.begin();
    assertThat(sent(once, withCrc(Reply.appended(), BODY))).isInstanceOf(Step.Deliver.class);
    assertThat(scene.call(put()).checksBody()).isTrue();
    assertThat(scene.call(new Request("GET", "/k", null, Map.of(), 0, true)).checksBody()).isFalse();
  }
}
