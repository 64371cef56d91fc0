package dev.ossresilience.examples.presigned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.examples.stage.FileCommandTest;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.Played;
import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PresignedCommandTest extends FileCommandTest {
  private static final Pattern SIGNATURE = Pattern.compile("x-oss-signature=([^&]+)");

  PresignedCommandTest() {
    super("presigned");
  }

  @Test
  void theClientSendsNoCredentialsAndNoSignatureIsShown() {
    server.faults().next(Fault.internalError(), Fault.none(), Fault.drop());
    Played played = againstServer();
    assertThat(played.status()).isZero();
    List<ReceivedRequest> requests = server.requests();
    assertThat(requests).hasSizeGreaterThanOrEqualTo(5);
    for (ReceivedRequest request : requests) {
      assertThat(request.headers()).doesNotContainKey("authorization");
      Matcher signature = SIGNATURE.matcher(request.target());
      assertThat(signature.find()).isTrue();
      assertThat(played.out() + played.err()).doesNotContain(signature.group(1));
    }
    assertThat(played.out()).contains("x-oss-signature=***", "x-oss-credential=***", "x-oss-expires=600").doesNotContain("ak%2F");
  }

  @Test
  void anExpiredUrlIsRefusedAndNotRepeated() {
    Played played = againstServer();
    assertThat(played.status()).isZero();
    assertThat(played.out()).contains("Request has expired.").contains("REFUSED: it has expired, and asking again wouldn't help: 1 attempt.");
    assertThat(server.requests().stream().map(ReceivedRequest::status)).containsExactly(200, 200, 403);
  }

  @Test
  void aUrlThatIsNotRefusedIsTold() {
    Map<String, String> environment = Map.of("OSS_ACCESS_KEY_ID", "ak", "OSS_ACCESS_KEY_SECRET", "sk");
    Machine timeless = new Machine(environment, time, (nanos, cancelled) -> {}, false);
    Played played = Played.on(timeless, "presigned", "--endpoint", server.endpoint(), "--region", "cn-hangzhou", "--bucket", "logs");
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.out()).contains("NOT REFUSED").contains("SAME");
  }

  @Test
  void anErrorInPlaceOfTheRefusalIsNotTakenForOne() {
    server.faults().next(Fault.none(), Fault.none(), Fault.error("NoSuchBucket"));
    Played played = againstServer();
    assertThat(played.status()).isEqualTo(1);
    assertThat(played.err()).contains("404 NoSuchBucket").hasLineCount(1);
    assertThat(played.out()).doesNotContain("REFUSED");
  }

  @Test
  void parametersThatNobodyKnowsAreRedactedToo() {
    assertThat(PresignedUrls.redacted("http://h/b/k?x-oss-expires=60&x-oss-security-token=CANARY&new=CANARY&Signature=CANARY"))
        .isEqualTo("http://h/b/k?x-oss-expires=60&x-oss-security-token=***&new=***&Signature=***");
  }
}
