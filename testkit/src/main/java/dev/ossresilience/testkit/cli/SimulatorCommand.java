package dev.ossresilience.testkit.cli;

import dev.ossresilience.signing.Credentials;
import dev.ossresilience.testkit.Faults;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts a simulator and says where. It goes on until it is closed. */
@Command(
    name = "oss-simulator",
    description = "A small OSS on the loopback interface, for tests. Prints one line, READY and its endpoint, when it listens.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = SimulatorCommand.Version.class)
public final class SimulatorCommand implements Callable<Integer>, AutoCloseable {
  private static final String BUCKET = "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]";
  private static final String REGION = "[a-z0-9]+(-[a-z0-9]+)*";

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--port", paramLabel = "PORT", defaultValue = "9000", description = "Where to listen, 0 for any: ${DEFAULT-VALUE}.")
  private int port;

  @Option(names = "--region", paramLabel = "REGION", defaultValue = "cn-hangzhou", description = "What to sign for: ${DEFAULT-VALUE}.")
  private String region = "";

  @Option(names = "--access-key-id", paramLabel = "ID", defaultValue = "ak", description = "The only key accepted: ${DEFAULT-VALUE}.")
  private String accessKeyId = "";

  @Option(names = "--access-key-secret", paramLabel = "SECRET", defaultValue = "sk", description = "Its secret: ${DEFAULT-VALUE}.")
  private String accessKeySecret = "";

  @Option(names = "--bucket", paramLabel = "NAME", description = "A bucket that exists; may be repeated. Without any: logs.")
  private List<String> buckets = new ArrayList<>();

  @Option(
      names = "--faults",
      paramLabel = "FILE|RATE",
      description = "What goes wrong: a file with a fault per line, such as '3x throttled TotalQpsLimitExceeded', or how many of all "
          + "requests meet some fault, from 0 to 1.")
  private @Nullable String faults;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Draws the same faults each time: ${DEFAULT-VALUE}.")
  private long seed;

  @ArgGroup(validate = false, heading = "%nLimits:%n")
  private LimitOptions limits = new LimitOptions();

  private @Nullable OssSimulator simulator;

  /** The command line for this command, with everything it writes to handed in. */
  static CommandLine commandLine(SimulatorCommand command, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(command);
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(
        (wrong, args) -> {
          err.println("oss-simulator: " + complaint(wrong) + " (see --help)");
          return CommandLine.ExitCode.USAGE;
        });
    return line;
  }

  @Override
  public Integer call() {
    check("--port", Integer.toString(port), port >= 0 && port <= 65_535, "must be from 0 to 65535; 0 takes any free one");
    check("--region", region, region.matches(REGION), "must be the name of a region, such as cn-hangzhou");
    check("--access-key-id", accessKeyId, accessKeyId.matches("[!-.0-~]+"), "must be printable, without spaces and slashes");
    check("--access-key-secret", "(hidden)", !accessKeySecret.isBlank(), "must not be empty; leave it out for sk");
    OssSimulator.Builder builder = OssSimulator.builder().port(port).region(region).time(TimeSource.system(), Waiter.system());
    for (String bucket : buckets) {
      check("--bucket", bucket, bucket.matches(BUCKET), "must be 3 to 63 lower-case letters, digits and dashes, no dash at an end");
      builder.bucket(bucket);
    }
    Consumer<Faults> plan = plan();
    try {
      builder.limits(limits.limits());
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    try {
      simulator = builder.credentials(Credentials.of(accessKeyId, accessKeySecret)).start();
    } catch (UncheckedIOException e) {
      line().getErr().println(
          "oss-simulator: --port " + port + ": the port is taken or not allowed; choose another, or 0 for any free one");
      return CommandLine.ExitCode.SOFTWARE;
    }
    plan.accept(simulator.faults());
    line().getOut().println("READY " + simulator.endpoint());
    line().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  boolean isRunning() {
    return simulator != null;
  }

  @Override
  public void close() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private Consumer<Faults> plan() {
    if (faults == null) {
      return none -> {};
    }
    try {
      return FaultChoice.read(faults, seed);
    } catch (IllegalArgumentException e) {
      throw wrong("--faults " + faults + ": " + e.getMessage());
    }
  }

  private void check(String option, String value, boolean right, String expected) {
    if (!right) {
      throw wrong(option + " " + value + ": " + expected);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(line(), message);
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("to be called by the command line");
    }
    return spec.commandLine();
  }

  /** Names an unknown option without what was given to it: that may be the secret, after a slip of the pen. */
  private static String complaint(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(wrong.getMessage());
    }
    String first = unmatched.getUnmatched().get(0);
    boolean option = first.startsWith("-");
    return option ? "Unknown option " + first.replaceFirst("=.*", "") : "there is a word that belongs to no option; is one misspelled?";
  }

  /** From the manifest of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = SimulatorCommand.class.getPackage().getImplementationVersion();
      return new String[] {"oss-simulator " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
