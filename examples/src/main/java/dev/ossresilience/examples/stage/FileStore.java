package dev.ossresilience.examples.stage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Stores files as objects, over some HTTP client. Neither direction holds a file in memory. */
public interface FileStore extends Closeable {
  /** Returns when the file is stored. */
  void upload(Path file, String bucket, String key) throws IOException;

  /** Writes the object over {@code file}. */
  void download(String bucket, String key, Path file) throws IOException;
}
