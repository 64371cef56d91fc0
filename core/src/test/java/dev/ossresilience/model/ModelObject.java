package dev.ossresilience.model;

import dev.ossresilience.append.ServerNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An object as OSS keeps it: a position check on every append, and a record of every append it accepted. Of its first bytes only a
 * checksum is kept.
 */
final class ModelObject {
  /** Whose bytes are where. */
  record Piece(int owner, long start, byte[] bytes) {}

  /** A length that the object has had, and its CRC64 then. */
  record State(long length, long crc) {}

  /** The owner of what isn't ours. */
  static final int FOREIGN = 0;

  private static final long[] TABLE = table();

  final int generation;
  final boolean appendable;
  final List<Piece> pieces = new ArrayList<>();
  final List<State> states = new ArrayList<>();

  ModelObject(int generation, boolean appendable, long base) {
    this.generation = generation;
    this.appendable = appendable;
    states.add(new State(base, base == 0 ? 0 : 0x5bd1e995a3c59ac3L ^ base));
  }

  State now() {
    return states.get(states.size() - 1);
  }

  long length() {
    return now().length();
  }

  /** False if the position isn't the end. */
  boolean append(int owner, long position, byte[] more) {
    if (position != length() || !appendable) {
      return false;
    }
    if (more.length > 0) {
      pieces.add(new Piece(owner, position, more));
      states.add(new State(position + more.length, continued(now().crc(), more)));
    }
    return true;
  }

  boolean fits(long more) {
    return length() + more <= ServerNumbers.MAX_APPENDABLE_BYTES;
  }

  /** CRC64-ECMA by the textbook, so that the model doesn't judge the core's arithmetic by itself. */
  private static long continued(long crc, byte[] more) {
    long register = ~crc;
    for (byte b : more) {
      register = TABLE[(int) (register ^ b) & 0xff] ^ (register >>> 8);
    }
    return ~register;
  }

  private static long[] table() {
    long[] table = new long[256];
    for (int i = 0; i < table.length; i++) {
      long register = i;
      for (int bit = 0; bit < 8; bit++) {
        register = (register & 1) == 0 ? register >>> 1 : (register >>> 1) ^ 0xC96C5795D7870F42L;
      }
      table[i] = register;
    }
    return table;
  }

  byte[] read(long first, long last) {
    byte[] bytes = new byte[(int) (last - first + 1)];
    Arrays.fill(bytes, (byte) 0x80); // what was there before us
    for (Piece piece : pieces) {
      long from = Math.max(first, piece.start());
      long to = Math.min(last + 1, piece.start() + piece.bytes().length);
      if (from < to) {
        System.arraycopy(piece.bytes(), (int) (from - piece.start()), bytes, (int) (from - first), (int) (to - from));
      }
    }
    return bytes;
  }
}
