package dev.ossresilience.examples.storm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulatorExtension;
import dev.ossresilience.testkit.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The part to be copied. */
@Timeout(60)
class BusyClientTest {
  @RegisterExtension final OssSimulatorExtension server = OssSimulatorExtension.create();

  @Test
  void oneUploadFollowsAnotherUntilStopped() throws InterruptedException {
    BusyClient client = client();
    client.next();
    client.next();
    awaitRequests(20);
    client.stop();
    int requests = server.server().requestCount();
    assertThat(client.failed()).isZero();
    assertThat(client.stored()).hasSizeBetween(18, requests);
    for (String key : client.stored()) {
      server.assertStored("logs", key, key.getBytes(UTF_8));
    }
  }

  @Test
  void whatIsRefusedIsNotCountedAsStored() throws InterruptedException {
    server.faults().random(1, 1, Fault.error("AccessDenied"));
    BusyClient client = client();
    client.next();
    awaitRequests(3);
    client.stop();
    assertThat(client.stored()).isEmpty();
    assertThat(client.failed()).isGreaterThanOrEqualTo(2);
  }

  private BusyClient client() {
    OssResilience oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
            .build();
    return new BusyClient(oss, "logs", "busy/", 2);
  }

  private void awaitRequests(int count) throws InterruptedException {
    while (server.server().requestCount() < count) {
      Thread.sleep(1);
    }
  }
}
