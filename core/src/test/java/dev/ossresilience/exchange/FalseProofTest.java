package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.write.AmbiguousWriteException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like the proof of a doubtful write, and proves nothing. */
class FalseProofTest {
  private static final String PARTS =
      "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>&quot;C4CA4238A0B923820DCC509A6F75849B&#34;</ETag></Part>"
          + "<Part><PartNumber>2</PartNumber><ETag>c81e728d9d4c2f636f067f89cc14862c</ETag></Part></CompleteMultipartUpload>";

  /** MD5 of the MD5s of "1" and "2", by another program. */
  private static final String ETAG = "\"62BE021CE84139205CDAF464ABCD82FF-2\"";

  private static final String BODY = "hello";
  private static final Reply EXISTS = Reply.error(409, "FileAlreadyExists", "");

  private final Scene scene = Scene.signing();

  private Reply stored(String body, Duration age) {
    return Reply.of(200)
        .dated(scene.clocks.truth())
        .with("last-modified", date(scene.clocks.truth().minus(age)))
        .with("content-length", Integer.toString(body.length()))
        .with("x-oss-object-type", "Normal")
        .with("etag", ETAG)
        .with("x-oss-hash-crc64ecma", Long.toUnsignedString(Crc64.of(body.getBytes(UTF_8))));
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  private static Request put(String body) {
    return Request.of("PUT", null, body.length()).withHeader("x-oss-forbid-overwrite", "true");
  }

  private static Request copy(String source) {
    return Request.of("PUT", null, 0).withHeader("x-oss-copy-source", source).withHeader("x-oss-forbid-overwrite", "true");
  }

  private Step refused(Exchange call, Reply refusal) {
    call.begin();
    call.failed(new SocketTimeoutException("lost"), null, true);
    call.resumed();
    return answer(call, refusal);
  }

  /** All attempts lost, up to the question that follows them. */
  private static Step lost(Exchange call) {
    Step step = call.begin();
    while (!(step instanceof Step.Digest)) {
      step = call.failed(new SocketTimeoutException("lost"), null, true);
      step = step instanceof Step.Pause ? call.resumed() : step;
    }
    return step;
  }

  private static void read(Exchange call, Step step, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    byte[] start = ((Step.Digest) step).keep() > 0 ? bytes : new byte[0];
    assertThat(call.digested(bytes.length, Crc64.of(bytes), start)).isInstanceOf(Step.Probe.class);
  }

  private static Step tell(Exchange call, Reply reply) {
    return call.probed(reply, reply.body().getBytes(UTF_8), 0, 0);
  }

  private static void ambiguous(Step step, String why) {
    assertThat(step).isInstanceOf(Step.Fail.class);
    assertThat(((Step.Fail) step).cause()).isInstanceOf(AmbiguousWriteException.class).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"Date, 'Thu, 01 Jan 1970 00:00:00 GMT'", "Age, 3000"})
  void theTimeOfACacheOrAMiddleboxDoesNotMakeAnOldObjectNew(String header, String value) {
    Exchange call = scene.call(put(BODY));
    read(call, refused(call, EXISTS), BODY);
    Duration age = header.equals("Age") ? Duration.ZERO : Duration.ofDays(1);
    ambiguous(tell(call, stored(BODY, age).with(header.toLowerCase(Locale.ROOT), value)), "may have been there before");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 3600})
  void anOlderObjectOfTheSamePartsIsNotTheCompletionThatNobodyAnswered(int secondsOld) {
    Exchange call = scene.call(Request.of("POST", "uploadId=u", PARTS.length()));
    read(call, lost(call), PARTS);
    ambiguous(tell(call, stored("12", Duration.ofSeconds(secondsOld))), "may have been there before");
  }

  @Test
  void aNewObjectOfTheSamePartsIsTheCompletionThatNobodyAnswered() {
    Exchange call = scene.call(Request.of("POST", "uploadId=u", PARTS.length()));
    read(call, lost(call), PARTS);
    assertThat(tell(call, stored("12", Duration.ZERO))).isInstanceOf(Step.Recovered.class);
  }

  @Test
  void aCompletionThatWasRefusedIsProvenWhateverTheAge() {
    Exchange call = scene.call(Request.of("POST", "uploadId=u", PARTS.length()));
    read(call, refused(call, Reply.error(404, "NoSuchUpload", "")), PARTS);
    assertThat(tell(call, stored("12", Duration.ofHours(1)))).isInstanceOf(Step.Recovered.class);
  }

  @Test
  void anEmptyObjectCanBeAnybodysUnlessItsMetadataTells() {
    Exchange lock = scene.call(put(""));
    read(lock, refused(lock, EXISTS), "");
    ambiguous(tell(lock, stored("", Duration.ZERO)), "anybody's");
    Exchange named = scene.call(put("").withHeader("x-oss-meta-owner", "me"));
    read(named, refused(named, EXISTS), "");
    assertThat(tell(named, stored("", Duration.ZERO).with("x-oss-meta-owner", "me"))).isInstanceOf(Step.Recovered.class);
  }

  @Test
  void whatSomethingElseThanOssSaysOfTheObjectIsNotListenedTo() {
    Exchange call = scene.call(put(BODY));
    read(call, refused(call, EXISTS), BODY);
    assertThat(tell(call, stored(BODY, Duration.ZERO).with("x-oss-request-id", ""))).isInstanceOf(Step.Pause.class);
    assertThat(call.resumed()).isInstanceOf(Step.Probe.class);
  }

  @Test
  void aBodyThatReadsDifferentlyTheSecondTimeIsNotCompared() {
    Exchange call = scene.call(put(BODY));
    Step.Digest digest = (Step.Digest) refused(call, EXISTS);
    assertThat(digest.keep()).isZero();
    ambiguous(call.digested(3, 1, new byte[0]), "another length");
  }

  @ParameterizedTest
  @CsvSource({"x-oss-storage-class, IA", "x-oss-server-side-encryption, AES256", "Cache-Control, no-store", "Content-Disposition, inline"})
  void theSameBytesKeptInAnotherWayAreNotProven(String header, String value) {
    Exchange call = scene.call(put(BODY).withHeader(header, value));
    read(call, refused(call, EXISTS), BODY);
    ambiguous(tell(call, stored(BODY, Duration.ZERO).with("x-oss-storage-class", "Standard")), "other metadata");
    Exchange same = scene.call(put(BODY).withHeader(header, value));
    read(same, refused(same, EXISTS), BODY);
    assertThat(tell(same, stored(BODY, Duration.ZERO).with(header.toLowerCase(Locale.ROOT), value))).isInstanceOf(Step.Recovered.class);
  }

  @Test
  void aRecoveredSuccessHasNoHeaderThatAClientRefuses() {
    Exchange call = scene.call(put(BODY));
    read(call, refused(call, EXISTS), BODY);
    Step step = tell(call, stored(BODY, Duration.ZERO).with("x-oss-version-id", "\u00e9").with("etag", "a\tb"));
    assertThat(((Step.Recovered) step).headers()).doesNotContainKeys("ETag", "x-oss-version-id").containsKey("x-oss-hash-crc64ecma");
  }

  @Test
  void aCopyThatDiffersFromASourceThatMayHaveChangedIsAmbiguous() {
    Exchange call = scene.call(copy("/logs/s"));
    refused(call, EXISTS);
    tell(call, stored("changed", Duration.ZERO));
    ambiguous(tell(call, stored(BODY, Duration.ZERO)), "may have changed since");
  }

  @ParameterizedTest
  @CsvSource({"/logs/s, 3600", "/logs/s?versionId=v, 0"})
  void aCopyThatDiffersFromASourceThatIsWhatItWasIsAnothers(String source, int secondsOld) {
    Exchange call = scene.call(copy(source));
    refused(call, EXISTS);
    tell(call, stored("source", Duration.ofSeconds(secondsOld)));
    assertThat(tell(call, stored(BODY, Duration.ZERO))).isInstanceOf(Step.Deliver.class);
  }

  @Test
  void anOldVersionDoesNotShowThatAllAttemptsWereRefused() {
    Exchange call = scene.call(put(BODY));
    read(call, lost(call), BODY);
    ambiguous(tell(call, stored(BODY, Duration.ofHours(1)).with("x-oss-version-id", "v")), "versions");
    Exchange plain = scene.call(put(BODY));
    read(plain, lost(plain), BODY);
    assertThat(tell(plain, stored(BODY, Duration.ofHours(1)))).isInstanceOf(Step.Fail.class);
    assertThat(plain.report().outcome()).as("the older object forbade it").isEqualTo(Outcome.EXCEPTION);
  }

  @Test
  void aBucketInfoThatBrokeOffProvesNothing() {
    Exchange call = scene.call(new Request("PUT", "/", null, Map.of("x-oss-acl", "private"), 0, true));
    refused(call, Reply.error(409, "BucketAlreadyExists", ""));
    Reply half = new Reply(200, Reply.of(200).dated(scene.clocks.truth()).headers(), "<BucketInfo><Bucket><Crea");
    ambiguous(tell(call, half), "can't be read");
  }
}
