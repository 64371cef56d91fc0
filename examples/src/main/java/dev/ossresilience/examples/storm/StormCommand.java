package dev.ossresilience.examples.storm;

import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.stage.Range;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets several {@link BusyClient}s ask for more than a limit allows, in each {@link Manner}. */
@Command(
    name = "storm",
    mixinStandardHelpOptions = true,
    description = {
      "Several clients upload to a simulated OSS, which refuses what exceeds its limit; a chart shows what gets through, second by second.",
      "First the clients retry as one writes it by hand, then with the library's pacing, under the same load."
    },
    footer = {
      "",
      "It runs in real time, twice --seconds after one second of rehearsal. How much gets through depends on the machine too.",
      "Exit status: 0 all that clients were told to be stored is; 1 something isn't, or it was interrupted; 2 bad usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
public final class StormCommand implements Callable<Integer> {
  private final Machine machine;
  @Spec private CommandSpec spec;

  @Option(names = "--seconds", description = "How long for each manner, 1 to 300 (default: ${DEFAULT-VALUE}).", defaultValue = "8")
  private int seconds;

  @Option(names = "--clients", paramLabel = "COUNT", description = "How many clients, which know nothing of each other, 1 to 50 (default: ${DEFAULT-VALUE}).", defaultValue = "8")
  private int clients;

  @Option(names = "--uploads", paramLabel = "COUNT", description = "How many uploads each has under way at any time, 1 to 50 (default: ${DEFAULT-VALUE}).", defaultValue = "8")
  private int uploads;

  @Option(
      names = "--limit",
      paramLabel = "RATE",
      description = "How many requests per second the simulator allows, 10 to 2000, one second's worth at once (default: ${DEFAULT-VALUE}).",
      defaultValue = "200")
  private int limit;

  @Option(names = "--seed", description = "Of the waits (default: ${DEFAULT-VALUE}).", defaultValue = "1")
  private long seed;

  /** Everything the command touches besides sockets is handed in; time must pass by itself. */
  public StormCommand(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Integer call() throws IOException {
    Range.check(spec, "--seconds", seconds, 1, 300);
    Range.check(spec, "--clients", clients, 1, 50);
    Range.check(spec, "--uploads", uploads, 1, 50);
    Range.check(spec, "--limit", limit, 10, 2000);
    out().println(clients + " clients with " + uploads + " uploads each at any time, before a simulated OSS that allows " + limit + " requests/s; seed " + seed);
    Storm storm = new Storm(machine, clients, uploads, limit, seconds, seed);
    storm.rehearsal().rage(Manner.PACED, new Chart(new PrintWriter(Writer.nullWriter()), false, limit));
    Chart chart = new Chart(out(), machine.terminal(), limit);
    List<Score> scores = new ArrayList<>();
    for (Manner manner : Manner.values()) {
      out().println();
      out().println(manner.label() + ": " + manner.description() + " (# stored, x refused)");
      chart.head();
      scores.add(storm.rage(manner, chart));
    }
    out().println();
    Score.HEAD.forEach(out()::println);
    scores.forEach(score -> out().println(score.row()));
    int missing = scores.stream().mapToInt(Score::missing).sum();
    out().println("RESULT stored=" + scores.stream().mapToInt(Score::total).sum() + " missing=" + missing + " verified=" + (missing == 0));
    return missing == 0 ? 0 : 1;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
