package dev.ossresilience.examples.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The file to be uploaded, given or made up, and the object it becomes. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
public final class FileOption {
  /** Of the log that is made up: some 150 kB. */
  private static final int LINES = 2000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file; by default a web server's log that the program makes up.")
  private @Nullable Path file;

  @Option(names = "--key", description = "The object (default: the command's name, / and the file's name).")
  private @Nullable String key;

  /** The file, which can be read. */
  public Path path() throws IOException {
    if (file == null) {
      return DemoLog.write(1, LINES);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      String why = !Files.exists(file) ? "there is no file " + file : file + (Files.isRegularFile(file) ? " is not readable by this user" : " is not a regular file");
      throw new ParameterException(command.commandLine(), why);
    }
    return file;
  }

  /** The object's key, which a URL can hold. */
  public String key(Stage stage) {
    String chosen = key != null ? key : command.name() + "/" + (file == null ? "demo.log" : file.getFileName());
    try {
      stage.endpoint().urlOf(stage.bucket(), chosen);
      return chosen;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--" + e.getMessage());
    }
  }
}
