package dev.ossresilience.benchmarks.overhead;

import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How often each benchmark is run, and for how long.
 *
 * @param forks fresh JVMs, one after the other; 0 for this one
 */
record Runs(int forks, int warmUps, int iterations, TimeValue each) {
  /** What signs, parses and sends is compiled for good only after some five seconds on two processors; some eight minutes for all. */
  static final Runs FULL = new Runs(1, 6, 5, TimeValue.seconds(1));

  /** To see whether it runs, and how much it allocates: some two minutes. The times are rough. */
  static final Runs QUICK = new Runs(1, 3, 3, TimeValue.milliseconds(300));

  /** Enough for all iterations of the fastest one, without a collection in most of them. */
  private static final String[] HEAP = {"-Xms1g", "-Xmx1g"};

  Figure of(String benchmark) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(Pattern.quote(Runs.class.getPackageName() + "." + benchmark) + "$")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(forks)
            .warmupIterations(warmUps)
            .warmupTime(each)
            .measurementIterations(iterations)
            .measurementTime(each)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (forks > 0) {
      options.jvmArgs(HEAP);
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    RunResult result = results.iterator().next();
    Result<?> time = result.getPrimaryResult();
    Result<?> allocated = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
    return new Figure(time.getScore(), time.getScoreError(), allocated.getScore());
  }

  /** In words, for whoever reads the figures. */
  String words() {
    return forks + (forks == 1 ? " JVM" : " JVMs") + " each, " + iterations + " iterations of " + each + " after " + warmUps + " to warm up";
  }
}
