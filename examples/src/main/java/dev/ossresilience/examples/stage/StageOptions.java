package dev.ossresilience.examples.stage;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where an example's calls go, and what they meet there. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
public final class StageOptions {
  /** For the commands' footers. */
  public static final String REAL_OSS = "For a real OSS the environment must have OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET, with STS also OSS_SESSION_TOKEN.";

  private static final String BUCKET_NAME = "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]";

  private final Machine machine;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--seed",
      description = "Chooses the simulator's faults: the same for the same seed (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--faults",
      paramLabel = "COUNT",
      description = "How many faults each call meets in the simulator. A call has 5 attempts; with more faults it may give up (default: ${DEFAULT-VALUE}).",
      defaultValue = "2")
  private int faults;

  @Option(names = "--endpoint", paramLabel = "URL", description = "A real OSS in place of the simulator, for example https://oss-cn-hangzhou.aliyuncs.com.")
  private @Nullable String endpoint;

  @Option(names = "--region", description = "The endpoint's region, for example cn-hangzhou; required with --endpoint.")
  private @Nullable String region;

  @Option(names = "--bucket", description = "The bucket; required with --endpoint.")
  private @Nullable String bucket;

  public StageOptions(Machine machine) {
    this.machine = machine;
  }

  /** Opens the stage and says what it is. */
  public Stage open() {
    if (faults < 0 || faults > 100) {
      throw badUsage("--faults " + faults + " must be between 0 and 100");
    }
    try {
      return endpoint == null ? simulated() : real(endpoint);
    } catch (IllegalArgumentException e) {
      throw badUsage(String.valueOf(e.getMessage()));
    }
  }

  private Stage simulated() {
    if (region != null || bucket != null) {
      throw badUsage((region != null ? "--region" : "--bucket") + " is for a real OSS, which --endpoint names");
    }
    return Stage.simulated(machine, command.commandLine().getOut(), seed, faults);
  }

  private Stage real(String url) {
    if (region == null || bucket == null) {
      throw badUsage("--endpoint also needs " + (region == null ? "--region" : "--bucket"));
    }
    if (!bucket.matches(BUCKET_NAME)) {
      throw badUsage("--bucket '" + bucket + "' is no bucket's name: 3 to 63 letters a to z, digits and hyphens");
    }
    OssSigner signer = OssSigner.v4(region, CredentialsProvider.of(machine.credentials()));
    return Stage.real(machine, command.commandLine().getOut(), new Stage.Place(OssEndpoint.of(url), bucket, signer), seed);
  }

  private ParameterException badUsage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
