package dev.ossresilience.benchmarks;

import dev.ossresilience.benchmarks.fleet.FleetCommand;
import dev.ossresilience.benchmarks.overhead.OverheadCommand;
import dev.ossresilience.benchmarks.scorecard.ScorecardCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks, one subcommand each. */
@Command(
    name = "oss-benchmarks",
    description = "Figures about oss-resilience and its peers.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Benchmarks {
  private Benchmarks() {}

  /** Exits with the status of the subcommand: 0 done, 1 something went wrong, 2 bad usage. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new Benchmarks());
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    line.addSubcommand(new OverheadCommand());
    line.addSubcommand(new ScorecardCommand(terminal));
    line.addSubcommand(new FleetCommand(terminal));
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(
        (wrong, words) -> {
          wrong.getCommandLine().getErr().println(wrong.getCommandLine().getCommandName() + ": " + wrong.getMessage() + " (see --help)");
          return CommandLine.ExitCode.USAGE;
        });
    int status = line.execute(args);
    out.flush();
    err.flush();
    System.exit(status);
  }
}
