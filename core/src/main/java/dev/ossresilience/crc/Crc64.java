package dev.ossresilience.crc;

import java.util.zip.Checksum;

/**
 * CRC-64/XZ, which OSS calls CRC64-ECMA and sends as unsigned decimal in {@code x-oss-hash-crc64ecma}: reflected polynomial
 * 0x42F0E1EBA9EA3693, register and result inverted; the check value of {@code "123456789"} is 0x995DC9BBDF1939FA.
 *
 * <p>Not thread-safe, like every {@link Checksum}.
 */
public final class Crc64 implements Checksum {
  /** 0x42F0E1EBA9EA3693 with its bits in reverse order. */
  private static final long POLYNOMIAL = 0xC96C5795D7870F42L;

  private static final long[][] TABLES = tables();

  private long crc;

  @Override
  public void update(int b) {
    crc = ~step(~crc, b);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    long register = ~crc;
    int i = offset;
    int end = offset + length;
    for (; end - i >= 8; i += 8) { // slicing by 8: eight independent table look-ups per step
      register =
          TABLES[7][(int) (register ^ bytes[i]) & 0xff]
              ^ TABLES[6][(int) (register >>> 8 ^ bytes[i + 1]) & 0xff]
              ^ TABLES[5][(int) (register >>> 16 ^ bytes[i + 2]) & 0xff]
              ^ TABLES[4][(int) (register >>> 24 ^ bytes[i + 3]) & 0xff]
              ^ TABLES[3][(int) (register >>> 32 ^ bytes[i + 4]) & 0xff]
              ^ TABLES[2][(int) (register >>> 40 ^ bytes[i + 5]) & 0xff]
              ^ TABLES[1][(int) (register >>> 48 ^ bytes[i + 6]) & 0xff]
              ^ TABLES[0][(int) (register >>> 56 ^ bytes[i + 7]) & 0xff];
    }
    for (; i < end; i++) {
      register = step(register, bytes[i]);
    }
    crc = ~register;
  }

  /** The CRC of everything seen so far, 0 at first; read as unsigned. */
  @Override
  public long getValue() {
    return crc;
  }

  @Override
  public void reset() {
    crc = 0;
  }

  /** The CRC of an array. */
  public static long of(byte[] bytes) {
    Crc64 crc = new Crc64();
    crc.update(bytes, 0, bytes.length);
    return crc.getValue();
  }

  /**
   * The CRC of two byte sequences one after the other, from their CRCs alone.
   *
   * @param secondLength the length of the second sequence in bytes, not negative
   */
  public static long combine(long first, long second, long secondLength) {
    if (secondLength < 0) {
      throw new IllegalArgumentException("secondLength must not be negative: " + secondLength);
    }
    // Appending n zero bytes is a linear map on the register; square it, as one squares to compute a power.
    long[] zeros = oneZeroByte();
    long combined = first;
    for (long n = secondLength; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        combined = apply(zeros, combined);
      }
      zeros = square(zeros);
    }
    return combined ^ second;
  }

  private static long step(long register, int b) {
    return TABLES[0][(int) (register ^ b) & 0xff] ^ register >>> 8;
  }

  private static long[] oneZeroByte() {
    long[] matrix = new long[64];
    for (int bit = 0; bit < 64; bit++) {
      matrix[bit] = step(1L << bit, 0);
    }
    return matrix;
  }

  private static long[] square(long[] matrix) {
    long[] squared = new long[64];
    for (int bit = 0; bit < 64; bit++) {
      squared[bit] = apply(matrix, matrix[bit]);
    }
    return squared;
  }

  private static long apply(long[] matrix, long vector) {
    long result = 0;
    for (int bit = 0; vector != 0; bit++, vector >>>= 1) {
      result ^= matrix[bit] & -(vector & 1);
    }
    return result;
  }

  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int b = 0; b < 256; b++) {
      long register = b;
      for (int bit = 0; bit < 8; bit++) {
        register = register >>> 1 ^ (POLYNOMIAL & -(register & 1));
      }
      tables[0][b] = register;
    }
    for (int slice = 1; slice < 8; slice++) {
      for (int b = 0; b < 256; b++) {
        long previous = tables[slice - 1][b];
        tables[slice][b] = tables[0][(int) previous & 0xff] ^ previous >>> 8;
      }
    }
    return tables;
  }
}
