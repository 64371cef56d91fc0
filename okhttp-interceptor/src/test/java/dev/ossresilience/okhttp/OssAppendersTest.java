package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.append.AppendRefusedException;
import dev.ossresilience.append.OssAppender;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.policy.AppendPolicy;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.Arrays;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Appending through the helper, with real sockets. */
class OssAppendersTest extends OverSimulator {
  @Test
  void keepsPositionAndChecksum() throws IOException {
    OssAppender log = open();
    assertThat(log.position()).isZero();
    assertThat(log.append(HELLO)).isZero();
    assertThat(log.append(HELLO)).isEqualTo(HELLO.length);
    assertThat(log.position()).isEqualTo(2L * HELLO.length);
    assertThat(log.crc64()).isEqualTo(Crc64.of(server.bytesOf("logs", "app.log")));
  }

  @Test
  void aLostAnswerIsRecovered() throws IOException {
    OssAppender log = open();
    server.faults().next(Fault.applyThenDrop(), Fault.none(), Fault.none(), Fault.applyThenInternalError());
    log.append(HELLO);
    log.append(HELLO);
    assertThat(new String(server.bytesOf("logs", "app.log"), UTF_8)).isEqualTo(new String(HELLO, UTF_8).repeat(2));
    assertThat(log.crc64()).isEqualTo(Crc64.of(server.bytesOf("logs", "app.log")));
  }

  @Test
  void othersBytesComeInBetween() throws IOException {
    OssAppender log = open();
    log.append(HELLO);
    server.append("logs", "app.log", "theirs\n".getBytes(UTF_8));
    assertThat(log.append(HELLO)).isEqualTo(HELLO.length + "theirs\n".length());
  }

  @Test
  void atAnExactPositionAnothersBytesAreARefusalThatTellsTheEnd() throws IOException {
    use(resilience().appends(AppendPolicy.exactPosition()).build());
    OssAppender log = open();
    server.append("logs", "app.log", "theirs\n".getBytes(UTF_8));
    assertThatThrownBy(() -> log.append(HELLO))
        .isInstanceOfSatisfying(
            AppendRefusedException.class,
            e -> {
              assertThat(e.error().code()).isEqualTo("PositionNotEqualToLength");
              assertThat(e.nextPosition()).isEqualTo("theirs\n".length());
            });
    log.reopen();
    assertThat(log.append(HELLO)).isEqualTo("theirs\n".length());
  }

  @Test
  void afterADoubtNothingIsAppendedBeforeItIsReopened() throws IOException {
    use(resilience().policy(RetryPolicy.builder().maxAttempts(1).build()).build());
    OssAppender log = open();
    Fault[] gone = new Fault[20];
    Arrays.fill(gone, Fault.drop());
    server.faults().next(Fault.applyThenDrop());
    server.faults().next(gone);
    assertThatThrownBy(() -> log.append(HELLO)).isInstanceOf(AmbiguousAppendException.class);
    server.faults().none();
    assertThatThrownBy(() -> log.append(HELLO)).isInstanceOf(IllegalStateException.class).hasMessageContaining("reopen()");
    log.reopen();
    assertThat(log.position()).as("it was stored").isEqualTo(HELLO.length);
    assertThat(log.crc64()).isEqualTo(Crc64.of(HELLO));
    assertThat(log.append(HELLO)).isEqualTo(HELLO.length);
  }

  @Test
  void aRefusalStoresNothingAndOneMayTryAgain() throws IOException {
    OssAppender log = open();
    server.faults().next(Fault.error(403, "AccessDenied"));
    assertThatThrownBy(() -> log.append(HELLO)).isInstanceOf(AppendRefusedException.class).hasMessageContaining("AccessDenied");
    assertThat(log.append(HELLO)).isZero();
  }

  @Test
  void whatWasPutAsAWholeCantBeAppendedTo() throws IOException {
    call(request("app.log").put(okhttp3.RequestBody.create(HELLO, null))).close();
    assertThatThrownBy(this::open).isInstanceOf(AppendRefusedException.class).hasMessageContaining("choose another key");
  }

  @Test
  void aClientWithoutTheInterceptorIsRefused() {
    assertThatThrownBy(() -> OssAppenders.open(new OkHttpClient(), OssEndpoint.of(server.endpoint()), "logs", "app.log"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OssRetryInterceptor");
  }

  private void use(OssResilience oss) {
    client = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(oss)).build();
  }

  private OssAppender open() throws IOException {
    return OssAppenders.open(client, OssEndpoint.of(server.endpoint()), "logs", "app.log");
  }
}
