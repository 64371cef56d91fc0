package dev.ossresilience.benchmarks.fleet;

import dev.ossresilience.benchmarks.Progress;
import dev.ossresilience.benchmarks.fleet.page.Charts;
import dev.ossresilience.benchmarks.fleet.page.HtmlPage;
import dev.ossresilience.benchmarks.fleet.page.PerformancePage;
import dev.ossresilience.benchmarks.fleet.page.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the fleet and writes the report. */
@Command(
    name = "fleet",
    description =
        "Runs fleets of clients that retry in different ways against a model server in trouble, in virtual time, and writes tables and charts."
            + " Takes less than a minute.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class FleetCommand implements Callable<Integer> {
  private final boolean terminal;
  private final List<Story> stories;
  @Spec private CommandSpec spec;

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      description = "How many share the load, for example 200,10,1000,10000; charts show the first first (default: ${DEFAULT-VALUE}).",
      defaultValue = "200")
  private List<Integer> clients;

  @Option(names = "--seed", description = "Of the calls' times and all waits (default: ${DEFAULT-VALUE}).", defaultValue = "1")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where fleet.html, fleet-goodput.svg and the tables in performance.md are written (default: ${DEFAULT-VALUE}).",
      defaultValue = "docs")
  private Path out;

  /** With a progress bar if there is a terminal. */
  public FleetCommand(boolean terminal) {
    this(terminal, Stories.all());
  }

  FleetCommand(boolean terminal, List<Story> stories) {
    this.terminal = terminal;
    this.stories = stories;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (clients.stream().anyMatch(number -> number < 1) || clients.stream().distinct().count() < clients.size()) {
      throw new ParameterException(spec.commandLine(), "--clients must be different numbers from 1 on");
    }
    PrintWriter writer = spec.commandLine().getOut();
    int runs = stories.size() * clients.size() * Way.all().size();
    Progress progress = new Progress(writer, terminal, "runs");
    Results results = Results.run(stories, clients, seed, done -> progress.show(done, runs));
    progress.end();
    writer.print(Tables.text(results));
    writer.printf(
        Locale.ROOT,
        "%n%d runs, %,d s of virtual time in %.1f s: %,.0f times real time; ours alone, on one thread, %,.0f times%n",
        runs,
        results.virtualSeconds(),
        results.nanos() / 1e9,
        results.timesRealTime(),
        results.timesRealTimeOfOurs());
    return write(results, writer);
  }

  private int write(Results results, PrintWriter writer) {
    Path page = out.resolve("performance.md");
    try {
      Files.createDirectories(out);
      Files.writeString(out.resolve("fleet.html"), HtmlPage.of(results, command()), StandardCharsets.UTF_8);
      Files.writeString(out.resolve("fleet-goodput.svg"), Charts.file(results), StandardCharsets.UTF_8);
      String old = Files.exists(page) ? Files.readString(page, StandardCharsets.UTF_8) : "";
      Files.writeString(page, PerformancePage.with(old, results, command()), StandardCharsets.UTF_8);
      writer.println("wrote fleet.html, fleet-goodput.svg and performance.md in " + out);
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("fleet: can't write to " + out + ": " + e);
      return 1;
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("fleet: " + page + ": " + e.getMessage());
      return 1;
    }
  }

  private String command() {
    String numbers = clients.stream().map(String::valueOf).collect(Collectors.joining(","));
    return "java -jar benchmarks/target/oss-benchmarks.jar fleet --clients " + numbers + " --seed " + seed;
  }
}
