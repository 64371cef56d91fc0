package dev.ossresilience.testkit.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Runs {@link SimulatorCommand} until the process is told to end. */
public final class Main {
  private Main() {}

  /**
   * Exits with 2 for a wrong command line, 1 if the port is taken, and 0 after {@code --help} and {@code --version}. Once it is ready
   * it runs until a signal ends it; a JVM ended by SIGTERM exits with 143, which is 128 + 15, as shells expect of any program.
   */
  public static void main(String[] args) throws InterruptedException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    SimulatorCommand command = new SimulatorCommand();
    int status = SimulatorCommand.commandLine(command, out, err).execute(args);
    if (!command.isRunning()) {
      System.exit(status);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(command::close, "close"));
    Thread.currentThread().join(); // itself: until the signal
  }
}
