package dev.ossresilience.crc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * CRC-64/XZ, which OSS calls CRC64-ECMA and sends as unsigned decimal in {@code x-oss-hash-crc64ecma}: reflected polynomial
 * 0x42F0E1EBA9EA3693, register and result inverted; the check value of {@code "123456789"} is 0x995DC9BBDF1939FA.
 *
 * <p>Not thread-safe, like every {@link Checksum}.
 */
public final class Crc64 implements Checksum {
  /** 0x42F0E1EBA9EA3693 with its bits in reverse order. */
  private static final long POLYNOMIAL = 0xC96C5795D7870F42L;

  /** Eight bytes at a time, the first in the lowest bits, where the register has its first. */
  private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Words that are worked on side by side. One look-up waits for the one before it in the same word; more words fill that time. */
  private static final int BRAIDS = 4;

  private static final int BLOCK_BYTES = BRAIDS * Long.BYTES;

  /** Below this the braids cost more than they gain, since the last block is worked on word by word. */
  private static final int BRAIDED_BYTES = 4 * BLOCK_BYTES;

  /** What each byte of a word adds to the register behind that word: 8 tables of 256, 16 KiB, in one array with a known length. */
  private static final long[] WORD_TABLES = tables(Long.BYTES);

  /** What each byte of a word adds to the register where the next block has its word: as large. */
  private static final long[] BRAID_TABLES = tables(BLOCK_BYTES);

  private long crc;

  @Override
  public void update(int b) {
    crc = ~step(~crc, b);
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int i = offset;
    int left = length;
    long register = ~crc;
    if (left >= BRAIDED_BYTES) {
      int braided = left / BLOCK_BYTES * BLOCK_BYTES;
      register = braid(register, bytes, i, i + braided);
      i += braided;
      left -= braided;
    }
    for (; left >= Long.BYTES; left -= Long.BYTES, i += Long.BYTES) {
      register = advance(WORD_TABLES, register ^ (long) WORD.get(bytes, i));
    }
    for (; left > 0; left--, i++) {
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
   * The CRC of two byte sequences one after the other, from their CRCs alone; a microsecond at most, whatever the length.
   *
   * @param secondLength the length of the second sequence in bytes, not negative
   */
  public static long combine(long first, long second, long secondLength) {
    if (secondLength < 0) {
      throw new IllegalArgumentException("secondLength must not be negative: " + secondLength);
    }
    return Zeros.append(secondLength, first) ^ second;
  }

  /** A CRC as OSS writes it: unsigned, in decimal. */
  public static String format(long crc) {
    return Long.toUnsignedString(crc);
  }

  /** Reads what {@link #format} writes; null if it is missing or anything else. */
  public static @Nullable Long parse(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 20) { // 2^64 has 20 digits
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      return null; // 20 digits, but over 2^64
    }
  }

  /** Moves the register over one byte. */
  static long step(long register, int b) {
    return WORD_TABLES[(Long.BYTES - 1) * 256 + ((int) (register ^ b) & 0xff)] ^ register >>> 8;
  }

  /** Works on whole blocks: each braid takes its word of every block and leaves to the last block what it found. */
  private static long braid(long register, byte[] bytes, int start, int end) {
    long one = register;
    long two = 0;
    long three = 0;
    long four = 0;
    int i = start;
    for (int last = end - BLOCK_BYTES; i < last; i += BLOCK_BYTES) {
      one = advance(BRAID_TABLES, one ^ (long) WORD.get(bytes, i));
      two = advance(BRAID_TABLES, two ^ (long) WORD.get(bytes, i + 8));
      three = advance(BRAID_TABLES, three ^ (long) WORD.get(bytes, i + 16));
      four = advance(BRAID_TABLES, four ^ (long) WORD.get(bytes, i + 24));
    }
    long joined = advance(WORD_TABLES, one ^ (long) WORD.get(bytes, i));
    joined = advance(WORD_TABLES, joined ^ two ^ (long) WORD.get(bytes, i + 8));
    joined = advance(WORD_TABLES, joined ^ three ^ (long) WORD.get(bytes, i + 16));
    return advance(WORD_TABLES, joined ^ four ^ (long) WORD.get(bytes, i + 24));
  }

  private static long advance(long[] tables, long word) {
    return tables[(int) word & 0xff]
        ^ tables[0x100 + ((int) (word >>> 8) & 0xff)]
        ^ tables[0x200 + ((int) (word >>> 16) & 0xff)]
        ^ tables[0x300 + ((int) (word >>> 24) & 0xff)]
        ^ tables[0x400 + ((int) (word >>> 32) & 0xff)]
        ^ tables[0x500 + ((int) (word >>> 40) & 0xff)]
        ^ tables[0x600 + ((int) (word >>> 48) & 0xff)]
        ^ tables[0x700 + (int) (word >>> 56)];
  }

  /** For each of a word's eight bytes the register {@code distance} bytes after the word's first. */
  private static long[] tables(int distance) {
    long[] tables = new long[Long.BYTES * 256];
    for (int b = 0; b < 256; b++) {
      long register = b;
      for (int bytes = 1; bytes <= distance; bytes++) {
        for (int bit = 0; bit < 8; bit++) {
          register = register >>> 1 ^ (POLYNOMIAL & -(register & 1));
        }
        int position = distance - bytes; // of the byte in the word, if the distance ends here
        if (position < Long.BYTES) {
          tables[position * 256 + b] = register;
        }
      }
    }
    return tables;
  }
}
