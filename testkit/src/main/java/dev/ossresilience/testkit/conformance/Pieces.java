package dev.ossresilience.testkit.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The bytes that a case is about, by the names that its data uses for them. */
record Pieces(byte[] before, byte[] body, byte[] source) {
  /** What a copy is made of. */
  private static final int SOURCE_SIZE = 48;

  static Pieces of(ConformanceCase.Operation operation) {
    return new Pieces(random(1, Math.max(0, operation.stored())), random(2, Math.max(0, operation.body())), random(3, SOURCE_SIZE));
  }

  /**
   * The content that an expression means.
   *
   * @param expression names joined by {@code +}, or {@code absent}
   * @param foreign what another writer appended
   * @return null if there must be no object
   */
  byte @Nullable [] content(String expression, byte[] foreign) {
    if (expression.equals("absent")) {
      return null;
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (String name : expression.split("\\+", -1)) {
      content.writeBytes(piece(name, foreign));
    }
    return content.toByteArray();
  }

  private byte[] piece(String name, byte[] foreign) {
    return switch (name) {
      case "before" -> before;
      case "body" -> body;
      case "damaged" -> damaged(body);
      case "source" -> source;
      case "foreign" -> foreign;
      case "other" -> "ab".getBytes(StandardCharsets.US_ASCII); // what foreignPut and foreignReplace write
      default -> throw new IllegalStateException("'" + name + "' is none of before, body, damaged, source, foreign, other");
    };
  }

  /** What corruptBody makes of it. */
  private static byte[] damaged(byte[] bytes) {
    byte[] damaged = bytes.clone();
    damaged[0] ^= 1;
    return damaged;
  }

  private static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
