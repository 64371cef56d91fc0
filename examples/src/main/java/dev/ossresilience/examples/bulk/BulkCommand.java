package dev.ossresilience.examples.bulk;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.ProgressBar;
import dev.ossresilience.examples.stage.Range;
import dev.ossresilience.examples.stage.SimulatedOss;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.Limits;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.time.Scheduler;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Uploads many objects at once through faults and a limit, with {@link BulkUpload}. */
@Command(
    name = "bulk",
    mixinStandardHelpOptions = true,
    description = {
      "Uploads many small objects with the asynchronous Apache HttpClient to a simulated OSS that fails some requests and limits all.",
      "Then every object must be stored as it was sent."
    },
    footer = {"", "Exit status: 0 all are stored; 1 one isn't, or holds other bytes; 2 bad usage."})
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
public final class BulkCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 4096;

  private static final Fault[] FAULTS = {
    Fault.requestTimeout(),
    Fault.internalError(),
    Fault.gatewayError(502),
    Fault.drop(),
    Fault.dropMidBody(),
    Fault.applyThenDrop(),
    Fault.applyThenInternalError()
  };

  private final Machine machine;
  private final Scheduler scheduler;
  @Spec private CommandSpec spec;

  @Option(names = "--uploads", paramLabel = "COUNT", description = "How many objects, 1 to 10000 (default: ${DEFAULT-VALUE}).", defaultValue = "1000")
  private int uploads;

  @Option(names = "--in-flight", paramLabel = "COUNT", description = "How many uploads at a time, 1 to 500 (default: ${DEFAULT-VALUE}).", defaultValue = "32")
  private int inFlight;

  @Option(
      names = "--limit",
      paramLabel = "RATE",
      description = "How many requests per second the simulator allows, 10 to 100000, one second's worth at once (default: ${DEFAULT-VALUE}).",
      defaultValue = "150")
  private int limit;

  @Option(names = "--fault-rate", paramLabel = "RATE", description = "Of requests to the simulator, 0 to 0.3 (default: ${DEFAULT-VALUE}).", defaultValue = "0.05")
  private double faultRate;

  @Option(names = "--seed", description = "Of the faults, the objects and the waits (default: ${DEFAULT-VALUE}).", defaultValue = "1")
  private long seed;

  /** Everything the command touches besides sockets is handed in. */
  public BulkCommand(Machine machine, Scheduler scheduler) {
    this.machine = machine;
    this.scheduler = scheduler;
  }

  @Override
  public Integer call() throws IOException {
    Range.check(spec, "--uploads", uploads, 1, 10_000);
    Range.check(spec, "--in-flight", inFlight, 1, 500);
    Range.check(spec, "--limit", limit, 10, 100_000);
    Range.check(spec, "--fault-rate", faultRate, 0, 0.3);
    try (OssSimulator server = start()) {
      out().println("Simulated OSS at " + server.endpoint() + ", " + limit + " requests/s, fault rate " + faultRate + ", seed " + seed);
      out().println("Uploading " + uploads + " objects to " + SimulatedOss.BUCKET + ", " + inFlight + " at a time");
      server.faults().random(seed, faultRate, FAULTS);
      return upload(server);
    }
  }

  private OssSimulator start() {
    return OssSimulator.builder()
        .region(SimulatedOss.REGION)
        .credentials(SimulatedOss.CREDENTIALS)
        .bucket(SimulatedOss.BUCKET)
        .limits(Limits.builder().requestsPerSecond(limit).build())
        .time(machine.time())
        .start();
  }

  private int upload(OssSimulator server) throws IOException {
    Tally tally = new Tally();
    OssResilience.Builder settings =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(OssSigner.v4(SimulatedOss.REGION, CredentialsProvider.of(SimulatedOss.CREDENTIALS)))
            .listener(tally)
            .time(machine.time(), machine.waiter())
            .scheduler(scheduler)
            .random(new Random(seed)::nextDouble);
    long start = machine.time().nanoTime();
    List<byte[]> objects = objects();
    ProgressBar bar = new ProgressBar(out(), machine.terminal());
    List<CompletableFuture<?>> ends = new ArrayList<>();
    try (BulkUpload bulk = new BulkUpload(settings, SimulatedOss.BUCKET, inFlight)) {
      for (int i = 0; i < uploads; i++) {
        ends.add(bulk.put(key(i), objects.get(i)).handle((nothing, failure) -> tally.ended(failure, bar, uploads)));
      }
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    bar.end();
    double seconds = (machine.time().nanoTime() - start) / 1e9;
    return tell(server, tally, objects, seconds);
  }

  private List<byte[]> objects() {
    Random random = new Random(seed);
    List<byte[]> objects = new ArrayList<>();
    for (int i = 0; i < uploads; i++) {
      byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
      random.nextBytes(bytes);
      objects.add(bytes);
    }
    return objects;
  }

  private static String key(int i) {
    return String.format(Locale.ROOT, "bulk/%06d.bin", i);
  }

  private int tell(OssSimulator server, Tally tally, List<byte[]> objects, double seconds) {
    int same = 0;
    for (int i = 0; i < uploads; i++) {
      same += Arrays.equals(server.bytesOf(SimulatedOss.BUCKET, key(i)), objects.get(i)) ? 1 : 0;
    }
    tally.failures().forEach(failure -> out().println("  failed: " + failure));
    int throttled = server.limitsStruck().values().stream().mapToInt(Integer::intValue).sum();
    int faults = server.faults().happened().values().stream().mapToInt(Integer::intValue).sum();
    int repeated = tally.attempts() - uploads;
    int failed = uploads - tally.stored();
    boolean verified = failed == 0 && same == uploads;
    out().printf(Locale.ROOT, "  %d stored, %d failed, in %.1f s, %.0f per second%n", tally.stored(), failed, seconds, tally.stored() / Math.max(seconds, 0.001));
    out().printf(
        Locale.ROOT, "  %d requests, %d of them repeated, after %d faults and %d refusals for the limit; %d uploads waited for their turn%n",
        server.requestCount(), repeated, faults, throttled, tally.paced());
    out().printf(
        Locale.ROOT, "RESULT uploads=%d stored=%d repeated=%d faults=%d throttled=%d same=%d verified=%b%n",
        uploads, tally.stored(), repeated, faults, throttled, same, verified);
    return verified ? 0 : 1;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
