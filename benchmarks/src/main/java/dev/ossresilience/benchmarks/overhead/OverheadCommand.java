package dev.ossresilience.benchmarks.overhead;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what the middleware costs and shows it. */
@Command(
    name = "overhead",
    description = "Measures with JMH what this library and its peers cost where nothing fails, and where something does. Takes about eight minutes.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class OverheadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "About two minutes; what is allocated is right, the times are rough.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes the figures into performance.md there, between the markers it has, and a chart into overhead.svg; for example docs.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    PrintWriter writer = spec.commandLine().getOut();
    String page = out == null ? "" : Files.readString(out.resolve("performance.md")); // before all the work
    long begin = System.nanoTime();
    Report report;
    try {
      report = measure(quick ? Runs.QUICK : Runs.FULL, writer);
    } catch (RunnerException e) {
      spec.commandLine().getErr().println("JMH gave up: " + e.getMessage());
      return 1;
    }
    writer.print(report.text());
    writer.printf(Locale.ROOT, "%n%.0f s%n", (System.nanoTime() - begin) / 1e9);
    if (out != null) {
      Files.writeString(out.resolve("performance.md"), report.within(page, how()));
      Files.writeString(out.resolve("overhead.svg"), Chart.of(report), StandardCharsets.UTF_8);
    }
    return 0;
  }

  private static Report measure(Runs runs, PrintWriter writer) throws RunnerException {
    List<Section> sections = Section.all();
    Map<String, Figure> figures = new HashMap<>();
    for (Section section : sections) {
      for (Section.Row row : section.rows()) {
        Figure figure = runs.of(row.benchmark());
        figures.put(row.benchmark(), figure);
        writer.printf(Locale.ROOT, "%-45s %,12.0f ns %,8.0f B%n", row.benchmark(), figure.nanos(), figure.bytes());
        writer.flush();
      }
    }
    return new Report(sections, figures);
  }

  private String how() {
    return String.format(
        Locale.ROOT,
        "JDK %s, %s, %d processors. %s; ± is the 99.9 %% confidence interval.",
        System.getProperty("java.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        (quick ? Runs.QUICK : Runs.FULL).words());
  }
}
