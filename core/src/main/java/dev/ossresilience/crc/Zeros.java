package dev.ossresilience.crc;

/**
 * What any number of zero bytes does to a CRC: a linear map, and so the product of the maps for 1, 2, 4 … zero bytes. Each of those is a
 * table for each half byte of the CRC, 2 KiB, 126 KiB in all; computed once, when two CRCs are combined for the first time.
 */
final class Zeros {
  /** One per bit of a length that isn't negative. */
  private static final int POWERS = 63;

  private static final int HALF_BYTES = 16;

  private static final long[][] TABLES = tables();

  private Zeros() {}

  /** The CRC of bytes that have {@code crc} and {@code count} zero bytes, if inverting didn't matter. */
  static long append(long count, long crc) {
    long result = crc;
    for (long left = count; left != 0; left &= left - 1) {
      result = apply(TABLES[Long.numberOfTrailingZeros(left)], result);
    }
    return result;
  }

  private static long apply(long[] table, long crc) {
    long result = 0;
    for (int i = 0; i < HALF_BYTES; i++) {
      result ^= table[i * 16 + ((int) (crc >>> (4 * i)) & 0xf)];
    }
    return result;
  }

  private static long[][] tables() {
    long[][] tables = new long[POWERS][HALF_BYTES * 16];
    for (int power = 0; power < POWERS; power++) {
      for (int i = 0; i < HALF_BYTES; i++) {
        for (int value = 1; value < 16; value++) {
          long crc = (long) value << (4 * i);
          tables[power][i * 16 + value] = power == 0 ? Crc64.step(crc, 0) : apply(tables[power - 1], apply(tables[power - 1], crc));
        }
      }
    }
    return tables;
  }
}
