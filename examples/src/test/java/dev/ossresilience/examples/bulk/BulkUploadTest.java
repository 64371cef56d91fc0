package dev.ossresilience.examples.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.report.OssServiceException;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulatorExtension;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.fault.Fault;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The part to be copied. */
@Timeout(60)
class BulkUploadTest {
  @RegisterExtension final OssSimulatorExtension server = OssSimulatorExtension.create();

  private final VirtualTime time = new VirtualTime();
  private BulkUpload bulk;

  @BeforeEach
  void open() {
    OssResilience.Builder settings =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
            .time(time, time)
            .scheduler(new VirtualScheduler(time));
    bulk = new BulkUpload(settings, "logs", 2);
  }

  @AfterEach
  void close() {
    bulk.close();
  }

  @Test
  void aLostResponseIsNoFailure() throws Exception {
    server.faults().next(Fault.applyThenDrop());
    bulk.put("a.bin", new byte[] {1, 2, 3}).get();
    assertThat(server.server().bytesOf("logs", "a.bin")).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsRefusedFailsItsFutureAndFreesItsPlace() throws Exception {
    for (int i = 0; i < 5; i++) {
      server.faults().next(Fault.error("AccessDenied"));
      CompletableFuture<Void> refused = bulk.put("a.bin", new byte[1]);
      assertThatThrownBy(refused::get).hasCauseInstanceOf(OssServiceException.class).hasMessageContaining("PutObject of logs/a.bin was refused at attempt 1: 403 AccessDenied");
    }
    assertThat(server.server().bytesOf("logs", "a.bin")).isNull();
  }
}
