package dev.ossresilience.benchmarks.scorecard;

import dev.ossresilience.benchmarks.Progress;
import dev.ossresilience.benchmarks.scorecard.page.MarkdownPage;
import dev.ossresilience.benchmarks.scorecard.page.Picture;
import dev.ossresilience.benchmarks.scorecard.peer.Column;
import dev.ossresilience.benchmarks.scorecard.script.Cell;
import dev.ossresilience.benchmarks.scorecard.script.Script;
import dev.ossresilience.benchmarks.scorecard.script.Scripts;
import dev.ossresilience.benchmarks.scorecard.script.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays the scripts and shows who fared how. */
@Command(
    name = "scorecard",
    description = "Plays the same fault scripts with this library and its peers, against a simulated OSS. Takes about a minute.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ScorecardCommand implements Callable<Integer> {
  private final boolean terminal;
  @Spec private CommandSpec spec;

  @Option(names = "--out", paramLabel = "DIR", description = "Writes scorecard.md and scorecard.svg there, for example docs.")
  private @Nullable Path out;

  @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Plays only these scripts, for example append-lost,skew-head, and tells every cell.")
  private List<String> only = List.of();

  @Option(names = "--seed", description = "Of the bytes that are written (default: ${DEFAULT-VALUE}).", defaultValue = "1")
  private long seed;

  /** With a progress bar if there is a terminal. */
  public ScorecardCommand(boolean terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter writer = spec.commandLine().getOut();
    List<Script> scripts = chosen();
    List<Column> columns = Column.all();
    writer.println(scripts.size() + " scripts, " + columns.size() + " clients, seed " + seed);
    long begin = System.nanoTime();
    Progress progress = new Progress(writer, terminal, "cells");
    Scorecard card = Scorecard.play(scripts, columns, seed, done -> progress.show(done, scripts.size() * columns.size()));
    progress.end();
    tell(card, writer);
    writer.printf(Locale.ROOT, "%.0f s%n", (System.nanoTime() - begin) / 1e9);
    return out == null ? 0 : write(card, out);
  }

  private List<Script> chosen() {
    List<Script> all = Scripts.all();
    for (String name : only) {
      if (all.stream().noneMatch(script -> script.name().equals(name))) {
        String names = String.join(", ", all.stream().map(Script::name).toList());
        throw new ParameterException(spec.commandLine(), "--only " + name + ": no such script; there are " + names);
      }
    }
    if (!only.isEmpty() && out != null) {
      throw new ParameterException(spec.commandLine(), "--only can't be used with --out: the page shows all scripts");
    }
    return only.isEmpty() ? all : all.stream().filter(script -> only.contains(script.name())).toList();
  }

  /** All cells where few were asked for; else those in which we didn't do well, and the sums. */
  private void tell(Scorecard card, PrintWriter writer) {
    List<Column> columns = card.columns();
    for (Row row : card.rows()) {
      for (int i = 0; i < columns.size(); i++) {
        Cell cell = row.cells().get(i);
        if (!only.isEmpty() || (columns.get(i).ours() && cell.verdict() != Verdict.OK)) {
          String words = cell.verdict().words();
          writer.printf(Locale.ROOT, "%-26s %-50s %-8s %2d requests %6d ms  %s%n", row.script().name(), columns.get(i).name(), words, cell.requests(), cell.millis(), cell.note());
        }
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      writer.printf(Locale.ROOT, "%-50s", columns.get(i).name());
      for (Verdict verdict : Verdict.values()) {
        writer.printf(Locale.ROOT, " %2d %s", card.count(i, verdict), verdict.words());
      }
      writer.println();
    }
  }

  private int write(Scorecard card, Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("scorecard.md"), MarkdownPage.of(card, seed), StandardCharsets.UTF_8);
      Files.writeString(directory.resolve("scorecard.svg"), Picture.of(card), StandardCharsets.UTF_8);
      spec.commandLine().getOut().println("wrote " + directory.resolve("scorecard.md") + " and " + directory.resolve("scorecard.svg"));
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("scorecard: can't write to " + directory + ": " + e);
      return 1;
    }
  }
}
