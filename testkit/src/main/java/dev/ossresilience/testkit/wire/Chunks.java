package dev.ossresilience.testkit.wire;

/** Follows a body in chunks byte by byte, so that one knows where it ends and that the server library can digest it. */
final class Chunks {
  /** Seven hexadecimal digits, 256 MiB: more than any client's chunks have, and always an int. */
  private static final int MAX_DIGITS = 7;

  private enum At {
    SIZE,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    LAST_CR,
    LAST_LF,
    END,
    WRONG
  }

  private At at = At.SIZE;
  private int size;
  private int digits;

  /** Goes on by some bytes; how many of them belong to this body. */
  int take(byte[] bytes, int offset, int length) {
    int i = 0;
    while (i < length && at != At.END && at != At.WRONG) {
      if (at == At.DATA) {
        int data = Math.min(size, length - i);
        size -= data;
        i += data;
        at = size == 0 ? At.DATA_CR : At.DATA;
      } else {
        at = next(bytes[offset + i]);
        i++;
      }
    }
    return i;
  }

  boolean isAtEnd() {
    return at == At.END;
  }

  /** Whether it is no chunked body, or one with extensions or trailers, which nobody sends to OSS. */
  boolean isWrong() {
    return at == At.WRONG;
  }

  private At next(byte b) {
    return switch (at) {
      case SIZE -> b == '\r' && digits > 0 ? At.SIZE_LF : digit(b);
      case SIZE_LF -> b != '\n' ? At.WRONG : start();
      case DATA_CR -> b == '\r' ? At.DATA_LF : At.WRONG;
      case DATA_LF -> b == '\n' ? At.SIZE : At.WRONG;
      case LAST_CR -> b == '\r' ? At.LAST_LF : At.WRONG;
      case LAST_LF -> b == '\n' ? At.END : At.WRONG;
      case DATA, END, WRONG -> At.WRONG;
    };
  }

  private At digit(byte b) {
    int value = Character.digit(b, 16);
    digits++;
    size = size << 4 | value;
    return value < 0 || digits > MAX_DIGITS ? At.WRONG : At.SIZE;
  }

  private At start() {
    digits = 0;
    return size == 0 ? At.LAST_CR : At.DATA;
  }
}
