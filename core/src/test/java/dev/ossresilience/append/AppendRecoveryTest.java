package dev.ossresilience.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint.Target;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.policy.AppendPolicy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppendRecoveryTest {
  private static final Target LOG = new Target("logs", "app.log");
  private static final long OURS = Crc64.of("ours".getBytes(StandardCharsets.UTF_8));

  private record Head(int status, Map<String, String> headers) implements ResponseHead {
    @Override
    public @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  private final PrefixCrcs prefixes = new PrefixCrcs();

  /** The object was replaced by another of the same length since: what is remembered of its prefix is wrong, and our bytes don't show it. */
  @Test
  void checksumOfARememberedPrefixIsNotPassedOnUnproven() {
    prefixes.remember(LOG, 6, 12345);

    Finding finding = readBack(6, "bytes 6-9/13", Map.of());

    assertThat(finding.kind()).isEqualTo(Finding.Kind.APPLIED);
    assertThat(finding.end()).isEqualTo(10);
    assertThat(finding.crc()).isNull();
  }

  @Test
  void checksumOfTheWholeObjectIsPassedOnIfItEndsWithOurBytes() {
    assertThat(readBack(6, "bytes 6-9/10", Map.of("x-oss-hash-crc64ecma", "77")).crc()).isEqualTo(77);
    assertThat(prefixes.crcOf(LOG, 10)).isEqualTo(77);
  }

  @Test
  void checksumOfTheFirstBytesOfAnObjectIsTheirOwn() {
    assertThat(readBack(0, "bytes 0-3/13", Map.of()).crc()).isEqualTo(OURS);
  }

  @Test
  void neitherLengthNorOtherBytesProveAnythingAboutAReplacedBody() {
    assertThat(replaced(true, 4).onConflict(8L).kind()).as("shorter than ours").isEqualTo(Finding.Kind.UNKNOWABLE);
    assertThat(replaced(false, 4).onConflict(8L).kind()).as("without an earlier doubt").isEqualTo(Finding.Kind.UNKNOWABLE);
    assertThat(compare(replaced(true, 4), "bytes 6-9/10", 12345).kind()).as("other bytes").isEqualTo(Finding.Kind.UNKNOWABLE);
    assertThat(compare(replaced(true, 4), "bytes 6-9/13", OURS).kind()).as("ours and more").isEqualTo(Finding.Kind.UNKNOWABLE);
    AppendRecovery first = new AppendRecovery(LOG, 0, 4, AppendPolicy.followEnd(), prefixes);
    first.bodyReplaced();
    first.onDigest(4, OURS);
    Finding whole = first.onHead(appended(4, 12345));
    assertThat(whole.kind()).as("another CRC64 of the whole").isEqualTo(Finding.Kind.UNKNOWABLE);
  }

  @Test
  void theCallersOwnBytesProveThatTheyWereNotReplaced() {
    Finding finding = compare(replaced(true, 4), "bytes 6-9/10", OURS);

    assertThat(finding.kind()).isEqualTo(Finding.Kind.APPLIED);
    assertThat(finding.end()).isEqualTo(10);
  }

  @Test
  void aReplacedBodyHasNoLength() {
    AppendRecovery nothing = replaced(true, 0);
    assertThat(nothing.isInDoubt()).as("nothing may have become something").isTrue();
    assertThat(nothing.onConflict(26L).kind()).isEqualTo(Finding.Kind.UNKNOWABLE);
    nothing.acceptConflict();
    assertThat(nothing.isInDoubt()).isTrue();
    assertThat(replaced(true, 4).storedLength()).isEqualTo(-1);
  }

  @Test
  void aConflictBelowThePositionRefusesAReplacedBodyToo() {
    assertThat(replaced(false, 4).onConflict(5L)).isEqualTo(Finding.taken(5));
    assertThat(replaced(true, 4).onConflict(5L).kind()).as("after a doubt").isEqualTo(Finding.Kind.UNKNOWABLE);
  }

  @Test
  void theAcknowledgementOfAReplacedBodyIsBelievedIfOssGivesIt() {
    Map<String, String> headers = new HashMap<>(Map.of("x-oss-next-append-position", "31", "x-oss-request-id", "5E6F"));
    assertThat(replaced(false, 4).isAcknowledgedBy(new Head(200, headers))).isTrue();
    assertThat(new AppendRecovery(LOG, 6, 4, AppendPolicy.followEnd(), prefixes).isAcknowledgedBy(new Head(200, headers))).isFalse();
    headers.remove("x-oss-request-id");
    assertThat(replaced(false, 4).isAcknowledgedBy(new Head(200, headers))).isFalse();
    assertThat(replaced(false, 4).isAcknowledgedBy(new Head(200, Map.of("x-oss-next-append-position", "5", "x-oss-request-id", "5E6F")))).isFalse();
  }

  private AppendRecovery replaced(boolean doubtful, long length) {
    AppendRecovery append = new AppendRecovery(LOG, 6, length, AppendPolicy.followEnd(), prefixes);
    append.bodyReplaced();
    if (doubtful) {
      append.doubt();
    }
    return append;
  }

  private static Finding compare(AppendRecovery append, String range, long crc) {
    append.onConflict(10L);
    append.onDigest(4, OURS);
    return append.onRange(new Head(206, Map.of("Content-Range", range)), 4, crc);
  }

  private static Head appended(long end, long crc) {
    return new Head(
        200,
        Map.of("x-oss-next-append-position", Long.toString(end), "x-oss-object-type", "Appendable", "x-oss-hash-crc64ecma", Long.toString(crc)));
  }

  private Finding readBack(long position, String range, Map<String, String> more) {
    AppendRecovery append = new AppendRecovery(LOG, position, 4, AppendPolicy.followEnd(), prefixes);
    append.doubt();
    append.onConflict(position + 7);
    append.onDigest(4, OURS);
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Content-Range", range);
    return append.onRange(new Head(206, headers), 4, OURS);
  }
}
