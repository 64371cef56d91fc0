package dev.ossresilience.benchmarks.scorecard.peer;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is uploaded, handed over in one of the ways in which programs have it.
 *
 * @param file where the bytes are too, null unless they are in a file
 */
public record Body(byte[] bytes, Kind kind, @Nullable Path file) {
  /** How a program has its bytes. */
  public enum Kind {
    /** In memory. */
    BYTES,
    /** In a stream that can be read only once. */
    STREAM,
    /** In a file. */
    FILE
  }

  /** In memory. */
  public static Body of(byte[] bytes) {
    return new Body(bytes, Kind.BYTES, null);
  }

  /** In a stream that can be read only once. */
  public static Body oneShot(byte[] bytes) {
    return new Body(bytes, Kind.STREAM, null);
  }

  /** In a file that holds these bytes. */
  public static Body in(Path file, byte[] bytes) {
    return new Body(bytes, Kind.FILE, file);
  }

  /** A new stream of the bytes that knows no mark, as one from a socket or a pipe. */
  InputStream stream() {
    ByteArrayInputStream all = new ByteArrayInputStream(bytes);
    return new InputStream() {
      @Override
      public int read() {
        return all.read();
      }

      @Override
      public int read(byte[] target, int from, int length) {
        return all.read(target, from, length);
      }

      @Override
      public int available() {
        return all.available();
      }
    };
  }
}
