package dev.ossresilience.examples.okhttp;

import dev.ossresilience.examples.stage.FileOption;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.RoundTrip;
import dev.ossresilience.examples.stage.Stage;
import dev.ossresilience.examples.stage.StageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Uploads a file and downloads it again, with {@link OkHttpFiles}. */
@Command(
    name = "okhttp",
    mixinStandardHelpOptions = true,
    description = {
      "Uploads a file with OkHttp, downloads it again and compares.",
      "Without --endpoint it goes to a simulated OSS, where each of the two calls meets faults; what they were, and how they were mended, is told."
    },
    footer = {"", "Exit status: 0 the same came back; 1 it didn't, or a call failed; 2 bad usage.", StageOptions.REAL_OSS})
public final class OkHttpCommand implements Callable<Integer> {
  @Mixin private final StageOptions options;
  @Mixin private final FileOption file = new FileOption();

  public OkHttpCommand(Machine machine) {
    options = new StageOptions(machine);
  }

  @Override
  public Integer call() throws IOException {
    Path path = file.path();
    try (Stage stage = options.open();
        OkHttpFiles files = new OkHttpFiles(stage.oss())) {
      return RoundTrip.run(stage, files, path, file.key(stage));
    }
  }
}
