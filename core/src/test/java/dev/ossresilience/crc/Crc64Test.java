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
  void everyLengthAndOffsetIsWhatTheDefinitionSays() {
    byte[] bytes = random(new Random(42), 310);
    for (int length = 0; length <= 300; length++) {
      int offset = length % 9;
      Crc64 crc = new Crc64();
      crc.update(bytes, offset, length);
      assertThat(crc.getValue()).as("%d bytes", length).isEqualTo(byDefinition(bytes, offset, length));
    }
  }

  @Test
  void inPiecesOrCombinedItIsTheSame() {
    long seed = 42;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = random(random, random.nextInt(round % 10 == 0 ? 20_000 : 700));
      long expected = byDefinition(bytes, 0, bytes.length);
      Crc64 pieces = new Crc64();
      for (int i = 0; i < bytes.length; ) {
        int piece = Math.min(bytes.length - i, 1 + random.nextInt(400));
        if (piece == 1) {
          pieces.update(bytes[i]);
        } else {
          pieces.update(bytes, i, piece);
        }
        i += piece;
      }
      assertThat(pieces.getValue()).as("seed %d round %d in pieces", seed, round).isEqualTo(expected);
      int cut = random.nextInt(bytes.length + 1);
      long first = Crc64.of(Arrays.copyOf(bytes, cut));
      long second = Crc64.of(Arrays.copyOfRange(bytes, cut, bytes.length));
      assertThat(Crc64.combine(first, second, bytes.length - cut)).as("seed %d round %d cut at %d", seed, round, cut).isEqualTo(expected);
    }
  }

  @Test
  void combinesWhatIsTooLongToBeInMemory() {
    long a = Crc64.of(new byte[] {1});
    long b = 0x1234567890abcdefL;
    long c = 0xfedcba0987654321L;
    long bLength = (5L << 30) + 17;
    long cLength = (1L << 61) + 12345;
    assertThat(Crc64.combine(Crc64.combine(a, b, bLength), c, cLength)).isEqualTo(Crc64.combine(a, Crc64.combine(b, c, cLength), bLength + cLength));
  }

  @Test
  void isWrittenAndReadAsUnsignedDecimal() {
    assertThat(Crc64.format(-1)).isEqualTo("18446744073709551615");
    assertThat(Crc64.parse("18446744073709551615")).isEqualTo(-1);
    assertThat(Crc64.parse("11051210869376104954")).isEqualTo(0x995DC9BBDF1939FAL);
    assertThat(Crc64.parse("0")).isZero();
    for (String wrong : new String[] {"", "-1", "+1", "18446744073709551616", "99999999999999999999", "123456789012345678901", "0x1", " 1", "\u0661"}) {
      assertThat(Crc64.parse(wrong)).as(wrong).isNull();
    }
    assertThat(Crc64.parse(null)).isNull();
  }

  @Test
  void combineRefusesANegativeLength() {
    assertThatThrownBy(() -> Crc64.combine(0, 0, -1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Bit by bit, with nothing in common with the code under test but the polynomial. */
  private static long byDefinition(byte[] bytes, int offset, int length) {
    long register = -1;
    for (int i = offset; i < offset + length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        boolean out = ((register ^ bytes[i] >>> bit) & 1) != 0;
        register = register >>> 1 ^ (out ? Long.reverse(0x42F0E1EBA9EA3693L) : 0);
      }
    }
    return ~register;
  }
}
