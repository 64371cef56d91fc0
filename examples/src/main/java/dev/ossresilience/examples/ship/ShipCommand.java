package dev.ossresilience.examples.ship;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.examples.stage.DemoLog;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.SimulatedOss;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Waterfall;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ships a text file to OSS and proves that nothing was lost or doubled on the way. */
@Command(
    name = "ship",
    mixinStandardHelpOptions = true,
    description = {
      "Appends a text file to an OSS object, record by record, then downloads the object and compares.",
      "Without --endpoint it ships to a simulated OSS in a faulty mood."
    },
    footer = {
      "",
      "Exit status: 0 verified; 1 lost, duplicated, different or not all acknowledged; 2 bad usage.",
      "For a real OSS the environment must have OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET, with STS also OSS_SESSION_TOKEN."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
public final class ShipCommand implements Callable<Integer> {
  private final Machine machine;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The text file; by default a web server's log that the program makes up.")
  private @Nullable Path file;

  @Option(names = "--seed", description = "Of all that is random in the simulator (default: ${DEFAULT-VALUE}).", defaultValue = "1")
  private long seed;

  @Option(names = "--fault-rate", description = "Of requests to the simulator, 0 to 1; at 1 every one fails (default: ${DEFAULT-VALUE}).", defaultValue = "0.2")
  private double faultRate;

  @Option(
      names = "--second-writer",
      negatable = true,
      fallbackValue = "true",
      description = "Whether another writer appends to the same object: the simulator adds one, and a real object's bytes between ours are excused (default: ${DEFAULT-VALUE}).",
      defaultValue = "true")
  private boolean secondWriter;

  @Option(names = "--record-bytes", description = "Lines are shipped together up to this many bytes (default: ${DEFAULT-VALUE}).", defaultValue = "1024")
  private int recordBytes;

  @Option(names = "--max-attempts", description = "Per request (default: ${DEFAULT-VALUE}).", defaultValue = "10")
  private int maxAttempts;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "Per request, all attempts and waits (default: ${DEFAULT-VALUE}).", defaultValue = "60")
  private int timeout;

  @Option(names = "--endpoint", paramLabel = "URL", description = "A real OSS, for example https://oss-cn-hangzhou.aliyuncs.com.")
  private @Nullable String endpoint;

  @Option(names = "--region", description = "The endpoint's region, for example cn-hangzhou.")
  private @Nullable String region;

  @Option(names = "--bucket", description = "The bucket; required with --endpoint.")
  private @Nullable String bucket;

  @Option(names = "--key", description = "The object (default: ship/ and the file's name).")
  private @Nullable String key;

  @Option(names = "--waterfall", paramLabel = "FILE.svg", description = "Draw the most eventful call into this file.")
  private @Nullable Path waterfall;

  public ShipCommand(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Integer call() {
    try {
      checkNumbers();
      RecordFile records = RecordFile.open(file != null ? file : DemoLog.write(seed, 2000), recordBytes);
      return endpoint == null ? shipToSimulator(records) : shipTo(endpoint, records);
    } catch (ShipException e) {
      return fail(e.status(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return fail(1, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private int fail(int status, String message) {
    spec.commandLine().getErr().println("ship: " + message);
    return status;
  }

  private void checkNumbers() throws ShipException {
    if (!(faultRate >= 0 && faultRate <= 1)) {
      throw ShipException.badUsage("--fault-rate " + faultRate + " must be between 0 and 1");
    }
    if (recordBytes < 1 || recordBytes > 100 << 20) {
      throw ShipException.badUsage("--record-bytes " + recordBytes + " must be between 1 and " + (100 << 20));
    }
    if (maxAttempts < 1 || maxAttempts > 1000 || timeout < 1 || timeout > 86_400) {
      throw ShipException.badUsage("--max-attempts must be between 1 and 1000 and --timeout between 1 and 86400 seconds");
    }
  }

  private int shipToSimulator(RecordFile records) throws IOException, ShipException {
    String target = bucket == null ? SimulatedOss.BUCKET : bucket;
    try (OssSimulator server = FaultySimulator.start(seed, faultRate, secondWriter, machine.time())) {
      spec.commandLine().getOut().println("Simulated OSS at " + server.endpoint() + ", fault rate " + faultRate + ", seed " + seed);
      OssSigner signer = OssSigner.v4(SimulatedOss.REGION, CredentialsProvider.of(SimulatedOss.CREDENTIALS));
      Journal journal = new Journal();
      Surroundings surroundings = Surroundings.simulated(server, target, keyFor(records));
      return run(OssEndpoint.of(server.endpoint()), signer, target, records, journal, surroundings);
    }
  }

  private int shipTo(String url, RecordFile records) throws IOException, ShipException {
    if (region == null || bucket == null) {
      throw ShipException.badUsage("--endpoint also needs " + (region == null ? "--region" : "--bucket"));
    }
    OssEndpoint oss;
    OssSigner signer;
    try {
      oss = OssEndpoint.of(url);
      signer = OssSigner.v4(region, CredentialsProvider.of(machine.credentials()));
    } catch (IllegalArgumentException e) {
      throw ShipException.badUsage(String.valueOf(e.getMessage()));
    }
    Journal journal = new Journal();
    return run(oss, signer, bucket, records, journal, Surroundings.real(journal, !secondWriter));
  }

  private void checkKey(OssEndpoint where, String target, RecordFile records) throws ShipException {
    try {
      where.urlOf(target, keyFor(records));
    } catch (IllegalArgumentException e) {
      throw ShipException.badUsage("--" + e.getMessage());
    }
  }

  private int run(OssEndpoint where, OssSigner signer, String target, RecordFile records, Journal journal, Surroundings surroundings)
      throws IOException, ShipException {
    checkKey(where, target, records);
    OssResilience oss =
        OssResilience.builder()
            .endpoint(where)
            .signer(signer)
            .policy(RetryPolicy.builder().maxAttempts(maxAttempts).totalTimeout(Duration.ofSeconds(timeout)).build())
            .listener(journal)
            // The faults to be seen here are those of one call, and more of them than any server would recover from.
            .retryBudget(RetryBudget.unlimited())
            .pacing(false)
            .withoutCircuitBreaker()
            .time(machine.time(), machine.waiter())
            .random(new Random(seed)::nextDouble)
            .build();
    OkHttpClient client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
    try {
      Destination destination = new Destination(client, where, target, keyFor(records));
      return new Run(spec.commandLine().getOut(), machine.terminal(), destination, records, journal, surroundings).execute();
    } finally {
      draw(journal);
      client.connectionPool().evictAll();
    }
  }

  private void draw(Journal journal) throws IOException {
    List<ExchangeReport> calls = journal.mostEventful();
    if (waterfall != null && !calls.isEmpty()) {
      Files.writeString(waterfall, Waterfall.svg(calls.get(0)));
    }
  }

  private String keyFor(RecordFile records) {
    return key != null ? key : "ship/" + (file == null ? "demo.log" : records.path().getFileName());
  }
}
