package dev.ossresilience.benchmarks.scorecard;

import dev.ossresilience.benchmarks.scorecard.peer.Column;
import dev.ossresilience.benchmarks.scorecard.script.Cell;
import dev.ossresilience.benchmarks.scorecard.script.Script;
import dev.ossresilience.benchmarks.scorecard.script.Scripts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays the scripts and shows who fared how. */
@Command(name = "scorecard", description = "Plays the same fault scripts with this library and its peers.", mixinStandardHelpOptions = true)
public final class ScorecardCommand implements Callable<Integer> {
  private final boolean terminal;
  @Spec private CommandSpec spec;

  @Option(names = "--only", paramLabel = "NAME", description = "One script.")
  private @Nullable String only;

  @Option(names = "--seed", description = "Of the bytes that are written (default: ${DEFAULT-VALUE}).", defaultValue = "1")
  private long seed;

  public ScorecardCommand(boolean terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<Script> scripts = Scripts.all().stream().filter(script -> only == null || script.name().equals(only)).toList();
    long begin = System.nanoTime();
    Scorecard card = Scorecard.play(scripts, Column.all(), seed, done -> {});
    for (Map.Entry<Script, List<Cell>> row : card.rows().entrySet()) {
      out.println(row.getKey().name() + ": " + row.getKey().title());
      for (int i = 0; i < row.getValue().size(); i++) {
        Cell cell = row.getValue().get(i);
        out.printf("    %-50s %-8s %2d req %6d ms  %s%n", card.columns().get(i).name(), cell.verdict().words(), cell.requests(), cell.millis(), cell.note());
      }
    }
    out.println((System.nanoTime() - begin) / 1_000_000 + " ms " + terminal);
    return 0;
  }
}
