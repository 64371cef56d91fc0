package dev.ossresilience.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.http.ResponseHead;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorParserTest {
  private static final String SKEWED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error>
        <Code>RequestTimeTooSkewed</Code>
        <Message>The difference between the request time and the current time is too large.</Message>
        <RequestId>66F10B88708A5D31364900AA</RequestId>
        <HostId>examplebucket.oss-cn-hangzhou.aliyuncs.com</HostId>
        <MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>
        <RequestTime>2024-09-22T06:32:38.000Z</RequestTime>
        <ServerTime>2024-09-23T06:32:40.000Z</ServerTime>
        <EC>0002-00000504</EC>
      </Error>
      """;

  @Test
  void readsTheEnvelopeAndWhatElseTheCodeCarries() {
    OssError error = ErrorParser.standard().parse(head(403, Map.of()), SKEWED.getBytes(UTF_8));
    assertThat(error.code()).isEqualTo("RequestTimeTooSkewed");
    assertThat(error.requestId()).isEqualTo("66F10B88708A5D31364900AA");
    assertThat(error.ec()).isEqualTo("0002-00000504");
    assertThat(error.details()).containsEntry("ServerTime", "2024-09-23T06:32:40.000Z").doesNotContainKey("Code");
  }

  @Test
  void readsPaddedTextNamespacesAndNestedDetail() {
    String xml = "<Error xmlns=\"http://doc\"><Code>\n  AccessDenied\n </Code><Detail><ServerTime> t </ServerTime></Detail></Error>";
    OssError error = ErrorParser.standard().parse(head(403, Map.of()), xml.getBytes(UTF_8));
    assertThat(error.code()).isEqualTo("AccessDenied");
    assertThat(error.details()).containsEntry("ServerTime", "t");
  }

  @Test
  void readsTheHeaderOfAHead() {
    String encoded = Base64.getEncoder().encodeToString(SKEWED.getBytes(UTF_8));
    assertThat(ErrorParser.standard().parse(head(403, Map.of("x-oss-err", encoded)), new byte[0]).code()).isEqualTo("RequestTimeTooSkewed");
    OssError bare = ErrorParser.standard().parse(head(404, Map.of("x-oss-ec", "0026-00000001", "x-oss-request-id", "ID", "x-oss-err", "%%%")), new byte[0]);
    assertThat(bare.code()).isNull();
    assertThat(bare.ec()).isEqualTo("0026-00000001");
    assertThat(bare.requestId()).isEqualTo("ID");
  }

  @Test
  void whateverTheBytesItAnswers() {
    long seed = 99;
    Random random = new Random(seed);
    byte[] xml = SKEWED.getBytes(UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = java.util.Arrays.copyOf(xml, random.nextInt(xml.length + 1));
      for (int flips = random.nextInt(6); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(ErrorParser.standard().parse(head(500, Map.of()), bytes).status()).as("seed %d round %d", seed, round).isEqualTo(500);
    }
  }

  @Test
  void entitiesAndDoctypesAreNotFollowed() {
    String evil = "<!DOCTYPE Error [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Error><Code>&x;</Code></Error>";
    assertThat(ErrorParser.standard().parse(head(400, Map.of()), evil.getBytes(UTF_8)).toString()).doesNotContain("root:");
  }

  @Test
  void detailsThatCanBeSecretStayOutOfToString() {
    String xml = "<Error><Code>SecurityTokenExpired</Code><SecurityToken>CANARY</SecurityToken><StringToSign>CANARY</StringToSign></Error>";
    assertThat(ErrorParser.standard().parse(head(403, Map.of()), xml.getBytes(UTF_8)).toString()).contains("SecurityTokenExpired").doesNotContain("CANARY");
  }

  private static ResponseHead head(int status, Map<String, String> headers) {
    return new ResponseHead() {
      @Override
      public int status() {
        return status;
      }

      @Override
      public @org.jspecify.annotations.Nullable String header(String name) {
        return headers.get(name);
      }
    };
  }
}
