package dev.ossresilience.crc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64Test {
  @Test
  void checkValueOfCrc64Xz() {
    long crc = Crc64.of("123456789".getBytes(StandardCharsets.US_ASCII));
    assertThat(crc).isEqualTo(0x995DC9BBDF1939FAL);
    assertThat(Long.toUnsignedString(crc)).isEqualTo("11051210869376104954");
  }

  @Test
  void nothingHasCrcZero() {
    assertThat(Crc64.of(new byte[0])).isZero();
  }

  @Test
  void slicedEqualsByteWiseAndCombinedAtEveryCut() {
    long seed = 42;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      Crc64 byteWise = new Crc64();
      for (byte b : bytes) {
        byteWise.update(b);
      }
      assertThat(Crc64.of(bytes)).as("seed %d round %d", seed, round).isEqualTo(byteWise.getValue());
      int cut = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      long first = Crc64.of(Arrays.copyOf(bytes, cut));
      long second = Crc64.of(Arrays.copyOfRange(bytes, cut, bytes.length));
      assertThat(Crc64.combine(first, second, bytes.length - cut)).isEqualTo(byteWise.getValue());
    }
  }

  @Test
  void combineRefusesANegativeLength() {
    assertThatThrownBy(() -> Crc64.combine(0, 0, -1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
  }
}
