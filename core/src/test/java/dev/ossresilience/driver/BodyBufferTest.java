package dev.ossresilience.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssResilience;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BodyBufferTest {
  private static final byte[] FIVE = {1, 2, 3, 4, 5};

  @Test
  void bodyOfTheAnnouncedLengthIsKept() throws IOException {
    assertThat(
            BodyBuffer.read(
                5,
                sink -> {
                  sink.write(FIVE, 0, 4);
                  sink.write(5);
                }))
        .isEqualTo(FIVE);
    assertThat(BodyBuffer.read(0, sink -> {})).isEmpty();
  }

  @Test
  void bodyOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> BodyBuffer.read(4, sink -> sink.write(FIVE)))
        .isInstanceOf(IOException.class)
        .hasMessage("the request was not sent: its body announced 4 bytes and gave more");
    assertThatThrownBy(() -> BodyBuffer.read(6, sink -> sink.write(FIVE)))
        .isInstanceOf(IOException.class)
        .hasMessage("the request was not sent: its body announced 6 bytes and gave 5");
  }

  @Test
  void bodyThatCannotBeReadIsNamedWithItsCause() {
    IOException broken = new IOException("broken disk");
    assertThatThrownBy(
            () ->
                BodyBuffer.read(
                    6,
                    sink -> {
                      sink.write(FIVE);
                      throw broken;
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the request was not sent: its body of 6 bytes could not be read into memory")
        .hasCause(broken);
  }

  @Test
  void settingTakesFromNothingTo64Mebibytes() {
    OssResilience.builder().bufferOneShotBodiesUpTo(0).bufferOneShotBodiesUpTo(64L << 20);
    assertThatIllegalArgumentException().isThrownBy(() -> OssResilience.builder().bufferOneShotBodiesUpTo(-1)).withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssResilience.builder().bufferOneShotBodiesUpTo((64L << 20) + 1))
        .withMessageContaining("64 MiB");
  }
}
