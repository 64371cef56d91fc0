package dev.ossresilience.examples.writers;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.Range;
import dev.ossresilience.examples.stage.SimulatedOss;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets several writers append to one object at once, with {@link SharedLog}. */
@Command(
    name = "writers",
    mixinStandardHelpOptions = true,
    description = {
      "Several writers append to one object of a simulated OSS at once, which loses some of their requests and some of its responses.",
      "Then the object is downloaded: every record of every writer must be there once, and in its writer's order."
    },
    footer = {"", "Exit status: 0 so it is; 1 it isn't, or a writer had to stop; 2 bad usage."})
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
public final class WritersCommand implements Callable<Integer> {
  private static final String KEY = "shared.log";

  /** Of each the writer sees no answer; some are applied all the same, at once or later. */
  private static final Fault[] FAULTS = {
    Fault.applyThenDrop(), Fault.applyThenInternalError(), Fault.applyThenGatewayError(504), Fault.drop(), Fault.dropMidBody(), Fault.deliverLater()
  };

  private final Machine machine;
  @Spec private CommandSpec spec;

  @Option(names = "--writers", paramLabel = "COUNT", description = "How many writers, 1 to 26 (default: ${DEFAULT-VALUE}).", defaultValue = "4")
  private int writers;

  @Option(names = "--records", paramLabel = "COUNT", description = "How many records each of them writes, 1 to 1000 (default: ${DEFAULT-VALUE}).", defaultValue = "40")
  private int records;

  @Option(names = "--fault-rate", paramLabel = "RATE", description = "Of requests to the simulator, 0 to 0.5 (default: ${DEFAULT-VALUE}).", defaultValue = "0.2")
  private double faultRate;

  @Option(
      names = "--seed",
      description = "Of the faults, the records and the waits (default: ${DEFAULT-VALUE}). Which writer is faster is decided by the machine.",
      defaultValue = "1")
  private long seed;

  /** Everything the command touches besides sockets is handed in. */
  public WritersCommand(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Integer call() throws IOException {
    Range.check(spec, "--writers", writers, 1, 26);
    Range.check(spec, "--records", records, 1, 1000);
    Range.check(spec, "--fault-rate", faultRate, 0, 0.5);
    try (OssSimulator server = SimulatedOss.start(machine.time())) {
      out().println("Simulated OSS at " + server.endpoint() + ", fault rate " + faultRate + ", seed " + seed);
      out().println(writers + " writers append " + records + " records each to " + SimulatedOss.BUCKET + "/" + KEY);
      server.faults().random(seed, faultRate, FAULTS);
      List<Writer> all = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        all.add(new Writer(i, records, seed));
      }
      writeAtOnce(server, all);
      return prove(server, all);
    }
  }

  private SharedLog open(OssSimulator server, Writer writer) throws IOException {
    OssResilience.Builder settings =
        OssResilience.builder()
            .signer(OssSigner.v4(SimulatedOss.REGION, CredentialsProvider.of(SimulatedOss.CREDENTIALS)))
            // Who writes a log would rather wait long than stop.
            .policy(RetryPolicy.builder().maxAttempts(100).totalTimeout(Duration.ofHours(1)).build())
            .listener(writer)
            // More fails here than any server would recover from.
            .retryBudget(RetryBudget.unlimited())
            .pacing(false)
            .withoutCircuitBreaker()
            .time(machine.time(), machine.waiter())
            .random(new Random(seed)::nextDouble);
    return SharedLog.open(settings, OssEndpoint.of(server.endpoint()), SimulatedOss.BUCKET, KEY);
  }

  private void writeAtOnce(OssSimulator server, List<Writer> all) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(all.size());
    List<SharedLog> logs = new ArrayList<>();
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (Writer writer : all) {
        SharedLog log = open(server, writer);
        logs.add(log);
        tasks.add(
            () -> {
              writer.write(log);
              return null;
            });
      }
      for (Future<Void> end : threads.invokeAll(tasks)) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a writer broke down", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      threads.shutdownNow();
      logs.forEach(SharedLog::close);
    }
  }

  private int prove(OssSimulator server, List<Writer> all) throws IOException {
    server.faults().none();
    server.deliverHeldRequests();
    byte[] log;
    try (SharedLog reader = open(server, new Writer(0, 0, seed))) {
      log = reader.read();
    }
    for (Writer writer : all) {
      out().printf(
          Locale.ROOT, "  %s: %d records stored in %d attempts; %d times another writer was there first, %d times OSS was asked what is there%n",
          writer.name(), writer.acknowledged().size(), writer.attempts(), writer.moved(), writer.proven());
      if (!writer.failure().isEmpty()) {
        out().println("     stopped: " + writer.failure());
      }
    }
    Proof proof = Proof.of(log, all.stream().map(Writer::acknowledged).toList());
    out().println("Whose bytes lie where in the " + log.length + " bytes that were downloaded:");
    out().println("  " + Strip.of(log, machine.terminal()));
    boolean complete = all.stream().allMatch(writer -> writer.failure().isEmpty());
    int stored = all.stream().mapToInt(writer -> writer.acknowledged().size()).sum();
    int faults = server.faults().happened().values().stream().mapToInt(Integer::intValue).sum();
    out().printf(
        Locale.ROOT, "RESULT writers=%d records=%d bytes=%d faults=%d missing=%d doubled=%d strangers=%d disordered=%d verified=%b%n",
        writers, stored, log.length, faults, proof.missing(), proof.doubled(), proof.strangers(), proof.disordered(), complete && proof.holds());
    return complete && proof.holds() ? 0 : 1;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
