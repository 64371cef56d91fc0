package dev.ossresilience.benchmarks.overhead;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "overhead", description = "What a call costs.")
public final class OverheadCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
