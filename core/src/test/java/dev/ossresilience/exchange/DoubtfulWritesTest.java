package dev.ossresilience.exchange;

import static dev.ossresilience.exchange.Scene.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.report.Reason;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes other than appends whose first attempt may have taken effect, and what the server's refusal of the second one then means. */
class DoubtfulWritesTest {
  private static final String PARTS =
      "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"C4CA4238A0B923820DCC509A6F75849B\"</ETag></Part>"
          + "<Part><PartNumber>2</PartNumber><ETag>c81e728d9d4c2f636f067f89cc14862c</ETag></Part></CompleteMultipartUpload>";

  /** MD5 of the MD5s of "1" and "2", by another program. */
  private static final String ETAG = "\"62BE021CE84139205CDAF464ABCD82FF-2\"";

  private static final String BODY = "hello";
  private static final Reply GONE = Reply.error(404, "NoSuchUpload", "");
  private static final Reply EXISTS = Reply.error(409, "FileAlreadyExists", "");

  private final Scene scene = Scene.signing();

  private static Request complete() {
    return Request.of("POST", "uploadId=u", PARTS.length());
  }

  private static Request put() {
    return Request.of("PUT", null, BODY.length()).withHeader("x-oss-forbid-overwrite", "true");
  }

  private static Request link() {
    return Request.of("PUT", "symlink", 0).withHeader("x-oss-forbid-overwrite", "true").withHeader("x-oss-symlink-target", "a%2Fb c");
  }

  private Reply stored(String body) {
    return Reply.of(200)
        .dated(scene.clocks.truth())
        .with("last-modified", date(scene.clocks.truth()))
        .with("content-length", Integer.toString(body.length()))
        .with("x-oss-object-type", "Normal")
        .with("etag", "\"E\"")
        .with("x-oss-hash-crc64ecma", Long.toUnsignedString(Crc64.of(body.getBytes(UTF_8))));
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  /** A call whose first attempt was lost, up to the refusal of the second. */
  private Step refused(Exchange call, Reply refusal) {
    call.begin();
    assertThat(call.failed(new SocketTimeoutException("lost"), null, true)).isInstanceOf(Step.Pause.class);
    assertThat(call.resumed()).isInstanceOf(Step.Attempt.class);
    return answer(call, refusal);
  }

  private static Step read(Exchange call, Step step, String body) {
    assertThat(step).isInstanceOf(Step.Digest.class);
    byte[] bytes = body.getBytes(UTF_8);
    return call.digested(bytes.length, Crc64.of(bytes), ((Step.Digest) step).keep() > 0 ? bytes : new byte[0]);
  }

  private static ProbeRequest probe(Step step) {
    assertThat(step).isInstanceOf(Step.Probe.class);
    return ((Step.Probe) step).request();
  }

  private static Step tell(Exchange call, Reply reply) {
    return call.probed(reply, reply.body().getBytes(UTF_8), 0, 0);
  }

  private static Step.Recovered recovered(Exchange call, Step step) {
    assertThat(step).isInstanceOf(Step.Recovered.class);
    assertThat(call.report().outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(call.report().recovered()).isTrue();
    assertThat(((Step.Recovered) step).headers()).containsEntry("x-oss-resilience", "recovered");
    return (Step.Recovered) step;
  }

  private static void ambiguous(Exchange call, Step step, String why) {
    assertThat(step).isInstanceOf(Step.Fail.class);
    IOException thrown = ((Step.Fail) step).cause();
    assertThat(thrown).isInstanceOf(AmbiguousWriteException.class).hasMessageContaining(why).hasMessageContaining(" logs");
    long before = Arrays.stream(thrown.getSuppressed()).filter(IOException.class::isInstance).count();
    assertThat(before + (thrown.getCause() == null ? 0 : 1)).as("failures to be seen").isPositive();
    assertThat(call.report().outcome()).isEqualTo(Outcome.AMBIGUOUS);
  }

  private static void delivered(Exchange call, Step step, Outcome outcome) {
    assertThat(step).isInstanceOf(Step.Deliver.class);
    assertThat(call.report().outcome()).isEqualTo(outcome);
  }

  @Test
  void aLostCompletionIsProvenByTheEtagOfItsParts() {
    Exchange call = scene.call(complete());
    Step asked = read(call, refused(call, GONE), PARTS);
    assertThat(probe(asked).method()).isEqualTo("HEAD");
    assertThat(probe(asked).headers()).containsKey("Authorization");
    Step.Recovered success = recovered(call, tell(call, stored("12").with("etag", ETAG).with("x-oss-version-id", "v").with("x-oss-object-type", "Multipart")));
    assertThat(success.status()).isEqualTo(200);
    assertThat(success.headers()).containsEntry("ETag", ETAG).containsEntry("x-oss-version-id", "v").containsKeys("x-oss-hash-crc64ecma", "x-oss-request-id");
    assertThat(success.body()).contains("<Bucket>logs</Bucket>", "<Key>k</Key>", "<ETag>" + ETAG + "</ETag>");
    assertThat(call.report().events()).last().satisfies(event -> assertThat(event.reason()).isEqualTo(Reason.WRITE_IN_DOUBT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"another ETag", "no ETag", "no object", "HEAD refused"})
  void aCompletionThatCannotBeProvenIsAmbiguous(String what) {
    Exchange call = scene.call(complete());
    read(call, refused(call, GONE), PARTS);
    Reply told =
        switch (what) {
          case "another ETag" -> stored("12").with("etag", ETAG.replace("-2", "-3"));
          case "no ETag" -> stored("12").with("etag", "");
          case "no object" -> Reply.error(404, "NoSuchKey", "").asHead();
          default -> Reply.error(403, "AccessDenied", "").asHead();
        };
    ambiguous(call, tell(call, told), "list the key's uploads");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "<CompleteMultipartUpload/>",
    "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>",
    "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>no md5</ETag></Part></CompleteMultipartUpload>",
    "<!DOCTYPE a [<!ENTITY e \"C4CA4238A0B923820DCC509A6F75849B\">]><a><PartNumber>1</PartNumber><ETag>&e;</ETag></a>",
    "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>C4CA4238A0B9238",
    "{}"
  })
  void aListOfPartsThatCannotBeReadProvesNothing(String body) {
    Exchange call = scene.call(Request.of("POST", "uploadId=u", body.length()));
    ambiguous(call, read(call, refused(call, GONE), body), "may or may not have taken effect");
  }

  @Test
  void aCompletionWithoutAListOfPartsOrWithACallbackProvesNothing() {
    Request all = Request.of("POST", "uploadId=u", 0).withHeader("x-oss-complete-all", "yes");
    Exchange first = scene.call(all);
    ambiguous(first, refused(first, GONE), "doesn't list the parts");
    Exchange second = scene.call(complete().withHeader("x-oss-callback", "e30="));
    ambiguous(second, refused(second, GONE), "callback");
    Exchange tooLong = scene.call(complete());
    Step digest = refused(tooLong, GONE);
    ambiguous(tooLong, tooLong.digested(9_000_000, 1, new byte[((Step.Digest) digest).keep()]), "can be read");
  }

  @Test
  void aBodyThatIsGoneProvesNothingAndIsNotSentAgain() {
    Exchange call = scene.call(put().once());
    call.begin();
    ambiguous(call, call.failed(new SocketTimeoutException("lost"), null, true), "compare");
  }

  @Test
  void whatIsRefusedAtFirstIsDelivered() {
    for (Request request : new Request[] {complete(), put(), link(), Request.of("DELETE", "uploadId=u", 0), Request.ofBucket("PUT"), Request.ofBucket("DELETE")}) {
      for (Reply refusal : new Reply[] {GONE, EXISTS, Reply.error(409, "BucketAlreadyExists", ""), Reply.error(404, "NoSuchBucket", "")}) {
        Exchange call = scene.call(request);
        call.begin();
        delivered(call, answer(call, refusal), Outcome.ERROR_RESPONSE);
      }
    }
  }

  @Test
  void aRefusalAfterAnAttemptThatNeverArrivedIsDelivered() {
    Exchange call = scene.call(put());
    call.begin();
    call.failed(new SocketTimeoutException("connect"), null, false);
    call.resumed();
    delivered(call, answer(call, EXISTS), Outcome.ERROR_RESPONSE);
  }

  @Test
  void whatIsGoneIsGone() {
    Exchange abort = scene.call(Request.of("DELETE", "uploadId=u", 0));
    assertThat(recovered(abort, refused(abort, GONE)).status()).isEqualTo(204);
    Exchange delete = scene.call(Request.ofBucket("DELETE"));
    assertThat(recovered(delete, refused(delete, Reply.error(404, "NoSuchBucket", ""))).status()).isEqualTo(204);
    Exchange other = scene.call(Request.of("DELETE", "uploadId=u", 0));
    delivered(other, refused(other, Reply.error(403, "AccessDenied", "")), Outcome.ERROR_RESPONSE);
  }

  @Test
  void whatTheClientRepeatedByItselfCanMeetItsOwnDoing() {
    Exchange call = scene.call(Request.of("DELETE", "uploadId=u", 0));
    call.begin();
    call.repeatedBelow(1);
    assertThat(recovered(call, answer(call, GONE)).status()).isEqualTo(204);
  }

  @Test
  void aRestorationUnderWayIsASuccessEvenAtFirst() {
    Exchange call = scene.call(Request.of("POST", "restore", 0));
    call.begin();
    assertThat(recovered(call, answer(call, Reply.error(409, "RestoreAlreadyInProgress", ""))).status()).isEqualTo(202);
  }

  @Test
  void aLostPutIsProvenByTheObjectsContent() {
    Exchange call = scene.call(put().withHeader("x-oss-meta-writer", "me"));
    read(call, refused(call, EXISTS), BODY);
    Step.Recovered success = recovered(call, tell(call, stored(BODY).with("x-oss-meta-writer", "me")));
    assertThat(success.status()).isEqualTo(200);
    assertThat(success.headers()).containsEntry("ETag", "\"E\"").containsKey("x-oss-hash-crc64ecma");
    assertThat(success.body()).isEmpty();
  }

  @Test
  void anotherObjectMeansThatThe409IsTrueAndOursMayHaveBeenThere() {
    for (Reply other : new Reply[] {stored("other"), stored("longer than ours"), stored(BODY).with("x-oss-object-type", "Symlink")}) {
      Exchange call = scene.call(put());
      read(call, refused(call, EXISTS), BODY);
      delivered(call, tell(call, other), Outcome.AMBIGUOUS);
    }
  }

  @ParameterizedTest
  @CsvSource({"3600, ERROR_RESPONSE", "60, AMBIGUOUS", "2, SUCCESS"})
  void theSameBytesAreOursIfTheyAreNotOlderThanTheCall(int secondsOld, Outcome outcome) {
    Exchange call = scene.call(put());
    read(call, refused(call, EXISTS), BODY);
    Instant changed = scene.clocks.truth().minusSeconds(secondsOld);
    tell(call, stored(BODY).with("last-modified", date(changed)));
    assertThat(call.report().outcome()).isEqualTo(outcome);
  }

  @Test
  void whatIsOlderThanTheCallProvesThatNothingOfItWasStoredWhateverItIs() {
    Instant hourAgo = scene.clocks.truth().minusSeconds(3600);
    Exchange refused = scene.call(put());
    read(refused, refused(refused, EXISTS), BODY);
    delivered(refused, tell(refused, stored("other").with("last-modified", date(hourAgo))), Outcome.ERROR_RESPONSE);
    Exchange link = scene.call(link());
    refused(link, EXISTS);
    delivered(link, tell(link, stored("").with("x-oss-symlink-target", "c").with("last-modified", date(hourAgo))), Outcome.ERROR_RESPONSE);
    Exchange lost = scene.call(put());
    tell(lost, read5(lost), stored("other").with("last-modified", date(hourAgo)).with("x-oss-version-id", "v"));
    assertThat(lost.report().outcome()).as("where versions are kept it may still be stored").isEqualTo(Outcome.AMBIGUOUS);
  }

  @Test
  void whatWentOutOnceIsComparedIfItsChecksumWasNoted() {
    Exchange call = scene.call(put().once());
    call.begin();
    call.bodySent(new BodySent(BODY.length(), Crc64.of(BODY.getBytes(UTF_8))));
    recovered(call, tell(call, call.failed(new SocketTimeoutException("lost"), null, true), stored(BODY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-oss-hash-crc64ecma", "content-length", "x-oss-meta-writer"})
  void anObjectThatIsNotToldApartIsAmbiguous(String missing) {
    Exchange call = scene.call(put().withHeader("x-oss-meta-writer", "me"));
    read(call, refused(call, EXISTS), BODY);
    ambiguous(call, tell(call, stored(BODY).with("x-oss-meta-writer", "me").with(missing, "")), "compare the object");
  }

  @Test
  void aLostSymlinkIsProvenByItsTarget() {
    Exchange call = scene.call(link());
    ProbeRequest asked = probe(refused(call, EXISTS));
    assertThat(asked.method() + " " + asked.query()).isEqualTo("GET symlink");
    recovered(call, tell(call, stored("").with("x-oss-symlink-target", "a/b%20c")));
    Exchange other = scene.call(link());
    refused(other, EXISTS);
    delivered(other, tell(other, stored("").with("x-oss-symlink-target", "a/b")), Outcome.AMBIGUOUS);
    Exchange none = scene.call(link());
    refused(none, EXISTS);
    delivered(none, tell(none, Reply.error(400, "NotSymlink", "")), Outcome.AMBIGUOUS);
    Exchange gone = scene.call(link());
    refused(gone, EXISTS);
    ambiguous(gone, tell(gone, Reply.error(404, "NoSuchKey", "")), "read the symlink");
  }

  @ParameterizedTest
  @CsvSource({
    "0, , SUCCESS", "60, , AMBIGUOUS", "3600, , ERROR_RESPONSE",
    "0, <a><StorageClass>IA</StorageClass></a>, SUCCESS", "0, <a><StorageClass>Standard</StorageClass></a>, ERROR_RESPONSE",
    "0, <a><StorageClass>IA</StorageClass><DataRedundancyType>ZRS</DataRedundancyType></a>, ERROR_RESPONSE", "0, no XML, AMBIGUOUS"
  })
  void aBucketIsOursIfWeMayLookAtItAndItIsNewAndAsWanted(int secondsOld, @Nullable String wanted, Outcome outcome) {
    String body = wanted == null ? "" : wanted;
    Exchange call = scene.call(new Request("PUT", "/", null, Map.of(), body.length(), true));
    Step next = refused(call, Reply.error(409, "BucketAlreadyExists", ""));
    next = body.isEmpty() ? next : read(call, next, body);
    if (next instanceof Step.Fail) {
      ambiguous(call, next, "can be read");
      return;
    }
    ProbeRequest asked = probe(next);
    assertThat(asked.query()).isEqualTo("bucketInfo");
    assertThat(asked.wantsBody()).isTrue();
    Instant created = scene.clocks.truth().minusSeconds(secondsOld);
    Reply info = new Reply(200, Reply.of(200).dated(scene.clocks.truth()).headers(), "<BucketInfo><Bucket><CreationDate>" + created + "</CreationDate><StorageClass>IA</StorageClass></Bucket></BucketInfo>");
    tell(call, info);
    assertThat(call.report().outcome()).isEqualTo(outcome);
  }

  @Test
  void aBucketWeMayNotLookAtIsSomebodyElses() {
    Exchange call = scene.call(Request.ofBucket("PUT"));
    refused(call, Reply.error(409, "BucketAlreadyExists", ""));
    delivered(call, tell(call, Reply.error(403, "AccessDenied", "")), Outcome.ERROR_RESPONSE);
  }

  private static Request copy(String source) {
    return Request.of("PUT", null, 0).withHeader("x-oss-copy-source", source).withHeader("x-oss-forbid-overwrite", "true");
  }

  @ParameterizedTest
  @CsvSource({"/logs/s%20t/%2B, /s%20t/%2B, ''", "logs/s?versionId=v%2B1, /s, versionId=v%2B1"})
  void aLostCopyIsProvenByItsSource(String source, String path, String query) {
    Exchange call = scene.call(copy(source));
    ProbeRequest ofSource = probe(refused(call, EXISTS));
    assertThat(ofSource.method() + " " + ofSource.pathOr("/k") + " " + ofSource.query()).isEqualTo("HEAD " + path + " " + query);
    ProbeRequest ofCopy = probe(tell(call, stored(BODY)));
    assertThat(ofCopy.pathOr("/k") + ofCopy.query()).isEqualTo("/k");
    assertThat(recovered(call, tell(call, stored(BODY))).body()).contains("<CopyObjectResult><ETag>\"E\"</ETag><LastModified>20", ".000Z</LastModified>");
  }

  @Test
  void aCopyThatIsNotProvenIsNotClaimed() {
    Exchange elsewhere = scene.call(copy("/other/s"));
    ambiguous(elsewhere, refused(elsewhere, EXISTS), "another bucket");
    Exchange gone = scene.call(copy("/logs/s"));
    refused(gone, EXISTS);
    ambiguous(gone, tell(gone, Reply.error(404, "NoSuchKey", "").asHead()), "source");
    Exchange another = scene.call(copy("/logs/s"));
    refused(another, EXISTS);
    tell(another, stored(BODY).with("last-modified", date(scene.clocks.truth().minusSeconds(3600))));
    delivered(another, tell(another, stored("other")), Outcome.AMBIGUOUS);
    Exchange metadata = scene.call(copy("/logs/s").withHeader("x-oss-meta-writer", "me"));
    refused(metadata, EXISTS);
    tell(metadata, stored(BODY));
    ambiguous(metadata, tell(metadata, stored(BODY)), "metadata");
  }

  @ParameterizedTest
  @CsvSource({"POST, seal&position=1", "PUT, x-oss-dir", "PUT, callback=e30", "POST, x-oss-rename", "POST, asyncFetch"})
  void whatNothingProvesIsSentOnce(String method, String query) {
    Exchange thrown = scene.call(Request.of(method, query, 5));
    thrown.begin();
    ambiguous(thrown, thrown.failed(new SocketTimeoutException("lost"), null, true), "lo");
    Exchange answered = scene.call(Request.of(method, query, 5));
    answered.begin();
    delivered(answered, answer(answered, Reply.error(500, "InternalError", "")), Outcome.AMBIGUOUS);
  }

  @Test
  void whenAllAttemptsFailTheServerIsAskedOnceMore() {
    Exchange stored = scene.call(put());
    recovered(stored, tell(stored, read5(stored), stored(BODY)));
    Exchange absent = scene.call(put());
    delivered(absent, tell(absent, read5(absent), Reply.error(404, "NoSuchKey", "").asHead()), Outcome.AMBIGUOUS);
  }

  private static Step tell(Exchange call, Step asked, Reply reply) {
    assertThat(probe(asked).method()).isEqualTo("HEAD");
    return tell(call, reply);
  }

  private Step read5(Exchange call) {
    scene.clocks.pass(Duration.ofMinutes(4)); // then the retry budget's reserve is back
    Step step = call.begin();
    for (int i = 0; i < 5; i++) {
      assertThat(step).isInstanceOf(Step.Attempt.class);
      step = waited(call, answer(call, Reply.error(500, "InternalError", "")));
    }
    return waited(call, read(call, step, BODY)); // for a turn: much has failed
  }

  private Step waited(Exchange call, Step step) {
    Step next = step;
    while (next instanceof Step.Pause pause) {
      scene.clocks.pass(pause.delay());
      next = call.resumed();
    }
    return next;
  }

  @Test
  void aBodyThatWasReplacedOnItsWayIsProvenOnlyByWhatItWas() {
    Exchange found = scene.call(put());
    found.bodyReplaced();
    probe(read(found, refused(found, EXISTS), BODY));
    recovered(found, tell(found, stored(BODY)));
    Exchange other = scene.call(put());
    other.bodyReplaced();
    probe(read(other, refused(other, EXISTS), BODY));
    ambiguous(other, tell(other, stored("what became of it")), "another body");
  }

  @Test
  void aProbeGoesThroughTheSamePolicy() {
    Exchange call = scene.call(put());
    read(call, refused(call, EXISTS), BODY);
    assertThat(call.probeFailed(new IOException("reset"))).isInstanceOf(Step.Pause.class);
    probe(call.resumed());
    Step pause = tell(call, Reply.error(503, "SlowDown", "").asHead());
    assertThat(pause).isInstanceOf(Step.Pause.class);
    probe(waited(call, pause));
    probe(waited(call, tell(call, Reply.skewed(scene.clocks.truth()).asHead())));
    recovered(call, tell(call, stored(BODY)));
  }

  @Test
  void nothingIsAskedPastTheDeadline() {
    Exchange call = scene.call(put());
    Step digest = refused(call, EXISTS);
    scene.clocks.pass(Duration.ofMinutes(2));
    ambiguous(call, read(call, digest, BODY), "no time");
  }

  @Test
  void whoGivesUpInDoubtIsToldSo() {
    Exchange call = scene.call(complete());
    call.begin();
    IOException thrown = call.cancelledInFlight(new IOException("Canceled"), true);
    assertThat(Objects.requireNonNull(AmbiguousWriteException.in(thrown)).operation()).isEqualTo("CompleteMultipartUpload");
    Exchange safe = scene.call(Request.of("DELETE", "uploadId=u", 0));
    safe.begin();
    assertThat(AmbiguousWriteException.in(safe.cancelledInFlight(new IOException("Canceled"), false))).isNull();
  }
}
