package dev.ossresilience.testkit.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.OssSimulator;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;

/** A simulator and an official SDK that uses it; tests run once for every {@link Setup}. */
abstract class SdkFixture {
  static final Credentials LONG_TERM = Credentials.of("ak", "sk");
  static final Credentials STS = new Credentials("STS.ak", "sts-sk", "a+token/with=signs");

  /** Characters that must be encoded in a URL, and encoded otherwise in a path than in a form. */
  static final String KEY = "dir/a b+c%25&é=?中.txt";

  @Parameter Setup setup;

  final OssSimulator oss = OssSimulator.builder().credentials(LONG_TERM, STS).start();
  private Peer peer;

  Peer peer() {
    if (peer == null) {
      peer = setup.connect(oss, LONG_TERM);
    }
    return peer;
  }

  @AfterEach
  void close() {
    if (peer != null) {
      peer.close();
    }
    oss.close();
  }

  /** The error that a call ends in, in which everything must be as OSS says it. */
  final Peer.ServiceError assertError(ThrowingCallable call, int status, String code, String ec) {
    Peer.ServiceError error = catchThrowableOfType(Peer.ServiceError.class, call);
    assertThat(error).as("an error that the SDK understands").isNotNull();
    assertThat(error.code).isEqualTo(code);
    assertThat(error.ec == null ? "" : error.ec).isEqualTo(ec == null ? "" : ec); // where there is none, one SDK has null
    assertThat(error.requestId).matches("[0-9A-F]{24}");
    assertThat(error.status).isIn(0, status);
    assertThat(oss.requests().get(oss.requestCount() - 1).status()).isEqualTo(status);
    return error;
  }

  static String crc(String text) {
    return Long.toUnsignedString(Crc64.of(bytes(text)));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
