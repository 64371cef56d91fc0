package dev.ossresilience.examples.ship;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A text file as a sequence of records: whole lines, as many as fit. Takes the file as long as it was when it was opened, so that a
 * log that is still written to has a last record.
 */
final class RecordFile {
  private final Path path;
  private final long bytes;
  private final int recordBytes;
  private final int count;

  private RecordFile(Path path, long bytes, int recordBytes) throws IOException {
    this.path = path;
    this.bytes = bytes;
    this.recordBytes = recordBytes;
    int records = 0;
    try (Reader reader = read()) {
      while (reader.next() != null) {
        records++;
      }
    }
    this.count = records;
  }

  static RecordFile open(Path path, int recordBytes) throws ShipException {
    if (!Files.exists(path)) {
      throw ShipException.badUsage("there is no file " + path);
    }
    if (!Files.isRegularFile(path)) {
      throw ShipException.badUsage(path + " is not a regular file");
    }
    if (!Files.isReadable(path)) {
      throw ShipException.badUsage(path + " is not readable by this user");
    }
    try {
      long size = Files.size(path);
      if (size == 0) {
        throw ShipException.badUsage(path + " is empty: there is nothing to ship");
      }
      return new RecordFile(path, size, recordBytes);
    } catch (IOException e) {
      throw ShipException.badUsage(path + " can't be read: " + e.getMessage());
    }
  }

  Path path() {
    return path;
  }

  /** The length of all records together. */
  long bytes() {
    return bytes;
  }

  /** How many records there were when the file was opened. */
  int count() {
    return count;
  }

  Reader read() throws IOException {
    return new Reader(new BufferedInputStream(Files.newInputStream(path)));
  }

  /** Gives the records one after the other. */
  final class Reader implements AutoCloseable {
    private final InputStream in;
    private long left = bytes;
    private byte[] line = new byte[0];

    private Reader(InputStream in) {
      this.in = in;
    }

    /** The next record, null after the last. */
    byte @Nullable [] next() throws IOException {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      record.writeBytes(line);
      line = readLine();
      while (record.size() == 0 || record.size() + line.length <= recordBytes) {
        if (line.length == 0) {
          break;
        }
        record.writeBytes(line);
        line = readLine();
      }
      return record.size() == 0 ? null : record.toByteArray();
    }

    /** A line with its line feed, or a piece of one that is longer than a record; empty at the end. */
    private byte[] readLine() throws IOException {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      while (left > 0 && read.size() < recordBytes) {
        int b = in.read();
        if (b < 0) {
          throw new IOException(path + " became shorter while it was read");
        }
        left--;
        read.write(b);
        if (b == '\n') {
          break;
        }
      }
      return read.toByteArray();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
