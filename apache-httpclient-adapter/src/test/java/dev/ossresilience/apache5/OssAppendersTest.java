package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.append.AppendRefusedException;
import dev.ossresilience.append.OssAppender;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Appending through the helper; what it does by itself is tested with OkHttp. */
class OssAppendersTest extends OverSimulator {
  @Test
  void appendsOneAfterTheOtherAndRecoversALostAnswer() throws IOException {
    OssAppender log = OssAppenders.open(client, OssEndpoint.of(server.endpoint()), "logs", "app.log");
    server.faults().next(Fault.none(), Fault.applyThenDrop());
    assertThat(log.append(bytes("one"))).isZero();
    assertThat(log.append(bytes("two"))).isEqualTo(3);
    assertThat(stored("app.log")).isEqualTo("onetwo");
    assertThat(log.crc64()).isEqualTo(Crc64.of(bytes("onetwo")));
  }

  @Test
  void aRefusalIsTyped() throws IOException {
    OssAppender log = OssAppenders.open(client, OssEndpoint.of(server.endpoint()), "logs", "app.log");
    server.faults().next(Fault.error(403, "AccessDenied"));
    assertThatThrownBy(() -> log.append(bytes("one"))).isInstanceOf(AppendRefusedException.class);
  }

  @Test
  void aClientThatIsNotWrappedIsRefused() {
    assertThatThrownBy(() -> OssAppenders.open(plain, OssEndpoint.of(server.endpoint()), "logs", "app.log"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OssHttpClients.wrap");
  }
}
