package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rotation of access keys, and tokens that end. */
class CredentialsInForceTest extends SimulatorFixture {
  private static final Credentials OLD = new Credentials("STS.old", "sk1", "token1");
  private static final Credentials NEW = new Credentials("STS.new", "sk2", "token2");

  @Test
  void duringARotationOldAndNewAreGood() throws IOException {
    oss.credentials(OLD, NEW);
    assertThat(client.credentials(OLD).delete("k").status()).isEqualTo(204);
    assertThat(client.credentials(NEW).delete("k").status()).isEqualTo(204);
    oss.credentials(NEW);
    assertRefused(client.credentials(OLD).delete("k"), "InvalidAccessKeyId", "<OSSAccessKeyId>STS.old</OSSAccessKeyId>");
    assertThat(client.credentials(NEW).delete("k").status()).isEqualTo(204);
  }

  @Test
  void aTokenExpiresByTheServersClock() throws IOException {
    oss.credentials(OLD);
    oss.tokenExpires("token1", time.wallTime().plusSeconds(60));
    assertThat(client.credentials(OLD).delete("k").status()).isEqualTo(204);
    oss.clockOffset(Duration.ofSeconds(60));
    Response response = client.delete("k");
    assertRefused(response, "SecurityTokenExpired", "<SecurityToken>token1</SecurityToken>");
    assertThat(response.header("x-oss-ec")).isEqualTo("0002-00000007");
    assertThat(response.body()).contains("<Message>The security token you provided has expired.</Message>");
  }

  @Test
  void anExpiredTokenIsKnownAsSuchAfterItsRotation() throws IOException {
    oss.tokenExpires("token1", time.wallTime());
    oss.credentials(NEW);
    assertRefused(client.credentials(OLD).delete("k"), "SecurityTokenExpired", "token1");
  }

  @Test
  void aTokenBelongsToItsOwnAccessKey() throws IOException {
    oss.credentials(OLD, NEW);
    assertRefused(client.credentials(new Credentials("STS.old", "sk1", "token2")).delete("k"), "AccessKeyIdAndSecurityTokenNotMatch", "");
    assertRefused(client.credentials(new Credentials("STS.none", "sk1", "token2")).delete("k"), "AccessKeyIdAndSecurityTokenNotMatch", "");
  }

  @Test
  void aTokenThatNobodyKnowsIsInvalid() throws IOException {
    oss.credentials(OLD);
    assertRefused(
        client.credentials(new Credentials("STS.old", "sk1", "made-up")).delete("k"),
        "InvalidSecurityToken",
        "<SecurityToken>made-up</SecurityToken>");
  }

  @Test
  void aSimulatorMayBeBornWithCredentialsThatExpire() throws IOException {
    try (OssSimulator born = OssSimulator.builder().time(time).credentials(OLD, NEW).tokenExpires("token1", time.wallTime()).start();
        RawClient own = new RawClient(born, time::wallTime)) {
      assertRefused(own.credentials(OLD).delete("k"), "SecurityTokenExpired", "token1");
      assertThat(own.credentials(NEW).delete("k").status()).isEqualTo(204);
    }
  }

  private static void assertRefused(Response response, String code, String detail) {
    assertThat(response.body()).contains("<Code>" + code + "</Code>", detail);
    assertThat(response.status()).isEqualTo(403);
  }
}
