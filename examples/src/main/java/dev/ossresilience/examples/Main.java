package dev.ossresilience.examples;

import dev.ossresilience.examples.apache.ApacheCommand;
import dev.ossresilience.examples.bulk.BulkCommand;
import dev.ossresilience.examples.explain.ExplainCommand;
import dev.ossresilience.examples.okhttp.OkHttpCommand;
import dev.ossresilience.examples.presigned.PresignedCommand;
import dev.ossresilience.examples.retrofit.RetrofitCommand;
import dev.ossresilience.examples.ship.ShipCommand;
import dev.ossresilience.examples.skewed.SkewedCommand;
import dev.ossresilience.examples.stage.Machine;
import dev.ossresilience.examples.storm.StormCommand;
import dev.ossresilience.examples.writers.WritersCommand;
import dev.ossresilience.report.OssServiceException;
import dev.ossresilience.time.Scheduler;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The examples, one subcommand each. */
@Command(
    name = "oss-examples",
    description = "Programs that show what oss-resilience survives.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  /** Exits with the status of the subcommand: 0 done, 1 something went wrong, 2 bad usage. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Machine machine = new Machine(System.getenv(), TimeSource.system(), Waiter.system(), CommandLine.Help.Ansi.AUTO.enabled());
    int status = commandLine(machine, out, err).execute(args);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /** The command line, with everything it touches handed in. */
  public static CommandLine commandLine(Machine machine, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new ShipCommand(machine));
    line.addSubcommand(new OkHttpCommand(machine));
    line.addSubcommand(new ApacheCommand(machine));
    line.addSubcommand(new RetrofitCommand(machine));
    line.addSubcommand(new PresignedCommand(machine));
    line.addSubcommand(new BulkCommand(machine, Scheduler.system()));
    line.addSubcommand(new WritersCommand(machine));
    line.addSubcommand(new SkewedCommand(machine));
    line.addSubcommand(new StormCommand(machine));
    line.addSubcommand(new ExplainCommand());
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(
        (wrong, args) -> {
          wrong.getCommandLine().getErr().println(wrong.getCommandLine().getCommandName() + ": " + wrong.getMessage() + " (see --help)");
          return CommandLine.ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (failure, command, args) -> {
          if (!(failure instanceof IOException)) {
            throw failure;
          }
          String kind = failure instanceof OssServiceException ? "" : failure.getClass().getSimpleName() + ": ";
          command.getErr().println(command.getCommandName() + ": " + kind + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    return line;
  }
}
