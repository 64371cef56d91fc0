package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import org.apache.hc.client5.http.entity.GzipCompressingEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.junit.jupiter.api.Test;

/** Bytes that change on the way, and what only looks like it. */
class UploadIntegrityTest extends OverSimulator {
  @Test
  void damageThatLastsIsToldInNumbers() {
    server.faults().next(Fault.corruptBody(), Fault.corruptBody());
    assertThatThrownBy(() -> send(put("a", "hello")))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("PutObject of logs/a")
        .hasMessageContaining(Crc64.format(Crc64.of(bytes("hello"))))
        .hasMessageContaining(Crc64.format(Crc64.of(bytes(stored("a")))));
    assertThat(traffic()).containsExactly("PUT 200", "PUT 200");
  }

  @Test
  void switchedOffNothingIsCompared() throws IOException {
    try (CloseableHttpClient off = OssHttpClients.wrap(plain, settings().uploadIntegrity(false).build())) {
      server.faults().next(Fault.corruptBody());
      assertThat(send(off, put("a", "hello")).status()).isEqualTo(200);
    }
    assertThat(traffic()).containsExactly("PUT 200");
  }

  @Test
  void aBodyThatIsEncodedBehindUsIsNoDamage() throws IOException {
    CloseableHttpClient zipping =
        HttpClients.custom()
            .disableAutomaticRetries()
            .addRequestInterceptorFirst(
                (request, entity, context) -> {
                  if (request instanceof ClassicHttpRequest classic && entity != null) {
                    classic.setEntity(new GzipCompressingEntity(classic.getEntity()));
                  }
                })
            .build();
    try (CloseableHttpClient wrapped = OssHttpClients.wrap(zipping, settings().build())) {
      assertThat(send(wrapped, put("a", "hello")).status()).isEqualTo(200);
    }
    assertThat(traffic()).containsExactly("PUT 200");
    assertThat(server.bytesOf("logs", "a")).startsWith(0x1f, 0x8b);
  }

  @Test
  void aPrefixThatAnotherWriterReplacedIsNoDamage() throws IOException {
    send(append("a", 0, "before "));
    server.faults().next(Fault.foreignReplace("xxxxxxx"));
    Reply reply = send(append("a", 7, "hello"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("x-oss-hash-crc64ecma")).isEqualTo(Crc64.format(Crc64.of(bytes("xxxxxxxhello"))));
    assertThat(traffic()).containsExactly("POST 200", "POST 200", "GET 206");
  }
}
