package dev.ossresilience.examples.writers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulatorExtension;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The part to be copied. */
class SharedLogTest {
  @RegisterExtension final OssSimulatorExtension server = OssSimulatorExtension.create();

  private final VirtualTime time = new VirtualTime();

  @Test
  void writersGoBehindEachOtherAndALostResponseDoublesNothing() throws IOException {
    try (SharedLog a = open();
        SharedLog b = open()) {
      server.faults().next(Fault.applyThenDrop());
      assertThat(a.write("a1\n")).isZero();
      server.faults().next(Fault.none(), Fault.applyThenInternalError());
      assertThat(b.write("b1\n")).as("behind the one that was there first").isEqualTo(3);
      server.faults().next(Fault.none(), Fault.drop());
      assertThat(a.write("a2\n")).isEqualTo(6);
      server.assertAllFaultsHappened();
      assertThat(a.read()).asString(UTF_8).isEqualTo("a1\nb1\na2\n");
    }
    server.assertStored("logs", "shared.log", "a1\nb1\na2\n".getBytes(UTF_8));
  }

  private SharedLog open() throws IOException {
    OssResilience.Builder settings =
        OssResilience.builder().signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk")))).time(time, time);
    return SharedLog.open(settings, OssEndpoint.of(server.endpoint()), "logs", "shared.log");
  }
}
