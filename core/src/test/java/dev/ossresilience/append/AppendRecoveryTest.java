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
