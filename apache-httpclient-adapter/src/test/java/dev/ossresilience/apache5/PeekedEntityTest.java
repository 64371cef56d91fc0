package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeekedEntityTest {
  private static final byte[] TEXT = "0123456789".repeat(1000).getBytes(StandardCharsets.ISO_8859_1);

  private static PeekedEntity peek(InputStream in, int limit) {
    return PeekedEntity.of(new InputStreamEntity(in, -1, null), limit, () -> true);
  }

  private static InputStream brokenAfter(byte[] bytes, Exception failure) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            if (failure instanceof IOException e) {
              throw e;
            }
            throw (RuntimeException) failure;
          }

          @Override
          public int read(byte[] b, int offset, int count) throws IOException {
            return read();
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(bytes), broken);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 9999, 10_000, 10_001, 65_536})
  void whatWasReadAheadIsReadAgain(int limit) throws IOException {
    PeekedEntity entity = peek(new ByteArrayInputStream(TEXT), limit);

    assertThat(entity.start()).hasSize(Math.min(limit, TEXT.length));
    assertThat(entity.getContent().readAllBytes()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4096, 65_536})
  void whatWasReadAheadIsWrittenAgain(int limit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    peek(new ByteArrayInputStream(TEXT), limit).writeTo(out);

    assertThat(out.toByteArray()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 65_536})
  void breakOffIsMetWhereItWas(int limit) throws IOException {
    IOException failure = new IOException("reset");
    PeekedEntity entity = peek(brokenAfter(TEXT, failure), limit);

    assertThat(entity.start()).hasSize(Math.min(limit, TEXT.length));
    InputStream content = entity.getContent();
    assertThat(content.readNBytes(TEXT.length)).isEqualTo(TEXT);
    assertThatThrownBy(content::read).isSameAs(failure);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void nonsenseToADecoderIsABreakOff(int sound) throws IOException {
    byte[] text = new byte[sound];
    PeekedEntity entity = peek(brokenAfter(text, new IllegalStateException("corrupt")), 65_536);

    assertThat(entity.start()).hasSize(sound);
    InputStream content = entity.getContent();
    assertThat(content.readNBytes(sound)).isEqualTo(text);
    assertThatThrownBy(content::read).isInstanceOf(IOException.class).hasRootCauseMessage("corrupt");
  }
}
