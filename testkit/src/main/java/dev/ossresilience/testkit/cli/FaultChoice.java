package dev.ossresilience.testkit.cli;

import dev.ossresilience.testkit.Faults;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.fault.FaultScript;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What {@code --faults} says: a number is a rate, anything else is a file. */
final class FaultChoice {
  /** What a client should survive without help: refusals, lost answers and broken connections, none of which lasts. */
  static final List<Fault> MENU =
      List.of(
          Fault.throttled("TotalQpsLimitExceeded"),
          Fault.throttled("UploadTrafficRateLimitExceeded"),
          Fault.internalError(),
          Fault.applyThenInternalError(),
          Fault.gatewayError(502),
          Fault.requestTimeout(),
          Fault.drop(),
          Fault.dropMidBody(),
          Fault.applyThenDrop(),
          Fault.truncateResponse());

  /** Plain decimals only: Java would also take 1f, 0x1p-1 and NaN, which are rather the names of files. */
  private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");

  private FaultChoice() {}

  /**
   * Reads the option.
   *
   * @throws IllegalArgumentException saying what is wrong and what to do
   */
  static Consumer<Faults> read(String value, long seed) {
    if (DECIMAL.matcher(value).matches()) {
      double probability = Double.parseDouble(value);
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("as a rate it must be from 0 to 1, for example 0.1; a file of that name is ./" + value);
      }
      return faults -> faults.random(seed, probability, MENU.toArray(Fault[]::new));
    }
    List<Fault> script = script(value);
    return faults -> faults.next(script.toArray(Fault[]::new));
  }

  private static List<Fault> script(String file) {
    if (file.isBlank()) {
      throw new IllegalArgumentException("nothing is named; name a file with a fault per line, or a rate such as 0.1");
    }
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw new IllegalArgumentException("that is a directory; name a file in it");
      }
      return FaultScript.parse(Files.readString(path));
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new IllegalArgumentException("there is no such file; name one with a fault per line, or a rate such as 0.1", e);
    } catch (AccessDeniedException e) {
      throw new IllegalArgumentException("the file is not allowed to be read; see who owns it", e);
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException("the file is not text in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file can't be read: " + e.getMessage(), e);
    }
  }
}
