package dev.ossresilience.examples.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Uploads a file, downloads it again, and compares. */
public final class RoundTrip {
  private RoundTrip() {}

  /** The exit status: 0 if what came back is what went out, 1 if not. */
  public static int run(Stage stage, FileStore store, Path file, String key) throws IOException {
    String object = "oss://" + stage.bucket() + "/" + key;
    stage.act("Uploading " + file + " (" + Files.size(file) + " bytes) to " + object, Troubles.OF_UPLOADS, () -> store.upload(file, stage.bucket(), key));
    Path copy = Files.createTempFile("copy-", ".tmp");
    try {
      stage.act("Downloading " + object, Troubles.OF_DOWNLOADS, () -> store.download(stage.bucket(), key, copy));
      return compare(stage, file, copy);
    } finally {
      Files.delete(copy);
    }
  }

  /** The same of two files, without reading either into memory. */
  public static int compare(Stage stage, Path file, Path copy) throws IOException {
    long difference = Files.mismatch(file, copy);
    stage.say("");
    stage.say(difference < 0 ? "SAME: all " + Files.size(file) + " bytes came back." : "DIFFERENT: from offset " + difference + " on it isn't what was uploaded.");
    return difference < 0 ? 0 : 1;
  }
}
