package dev.ossresilience.benchmarks.fleet.page;

import dev.ossresilience.benchmarks.fleet.Result;
import dev.ossresilience.benchmarks.fleet.Results;
import dev.ossresilience.benchmarks.fleet.Story;
import dev.ossresilience.testkit.fleet.Measure;
import dev.ossresilience.testkit.fleet.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What is drawn of the runs of one story with one fleet. */
public final class Charts {
  /** Few enough to be told apart at a glance. */
  private static final List<String> GLANCE = List.of("ours", "none", "jitter", "v2", "aws");

  private final Story story;
  private final List<Result> results;
  private final String fleet;

  private Charts(Story story, int clients, List<Result> results) {
    this.story = story;
    this.results = results;
    this.fleet = String.format(Locale.ROOT, "%,d clients", clients);
  }

  static Charts of(Results results, Story story, int clients) {
    return new Charts(story, clients, results.of(story, clients));
  }

  /** One chart as a file: what gets through in the first story, in a few ways. */
  public static String file(Results results) {
    Story story = results.stories().get(0);
    int clients = results.clients().get(0);
    List<Result> few = results.of(story, clients).stream().filter(result -> GLANCE.contains(result.way().style())).toList();
    return new Charts(story, clients, few).goodput().file();
  }

  Canvas goodput() {
    double load = results.get(0).outcome().scenario().load();
    return chart(
        story.title() + ": what gets through (" + fleet + ")",
        "calls that succeed, per second",
        outcome -> new Figures(outcome).success() + " of all calls succeed",
        outcome -> Arrays.stream(outcome.series(Measure.GOODPUT)).asDoubleStream().toArray(),
        load,
        String.format(Locale.ROOT, "asked for: %,.0f calls/s", load));
  }

  Canvas requests() {
    return chart(
        story.title() + ": what the server has to bear (" + fleet + ")",
        "requests sent for each call that callers make, in every second",
        outcome -> new Figures(outcome).requests() + " on average, at most " + new Figures(outcome).worst(),
        Charts::perCall,
        1,
        "1: as if nothing was wrong");
  }

  private static double[] perCall(Outcome outcome) {
    long[] sent = outcome.series(Measure.SENT);
    long[] offered = outcome.series(Measure.OFFERED);
    double[] parts = new double[sent.length];
    Arrays.setAll(parts, i -> (double) sent[i] / Math.max(1, offered[i]));
    return parts;
  }

  private Canvas chart(
      String title, String unit, Function<Outcome, String> note, Function<Outcome, double[]> values, double wish, String wishWords) {
    List<Chart.Line> lines =
        results.stream()
            .map(result -> new Chart.Line(result.way().style(), result.way().name(), note.apply(result.outcome()), values.apply(result.outcome())))
            .toList();
    return new Chart(title, unit, lines, story.shades(), wish, wishWords).draw();
  }

  Canvas bars() {
    double slowest =
        results.stream().map(result -> result.outcome().recovery()).mapToLong(time -> time == null ? 0 : time.toSeconds()).max().orElse(0);
    List<Bars.Row> rows = results.stream().map(result -> new Bars.Row(result.way().style(), result.way().name(), bars(result.outcome(), slowest))).toList();
    List<List<String>> heads =
        List.of(
            List.of("Calls that succeed", "longer is better"),
            List.of("Time to recover after the trouble", "shorter is better; pale: never"),
            List.of("Fairness between clients", "1: each gets the same part through"));
    return new Bars(story.title() + ": in the end (" + fleet + ")", heads, rows).draw();
  }

  private static List<Bars.Bar> bars(Outcome outcome, double slowest) {
    Figures figures = new Figures(outcome);
    Duration recovery = outcome.recovery();
    return List.of(
        new Bars.Bar(outcome.successRate(), figures.success(), false),
        new Bars.Bar(recovery == null || slowest == 0 ? 0 : recovery.toSeconds() / (slowest * 1.25), figures.recovery(), recovery == null),
        new Bars.Bar(outcome.fairness(), figures.fairness(), false));
  }
}
