package dev.ossresilience.testkit.fleet;

import dev.ossresilience.error.ThrottleScope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of a run. Rates and series are of the seconds in which calls were made: what succeeds later isn't counted. Immutable. */
public final class Outcome {
  /** Of what is offered: less than that isn't well. */
  private static final double WELL = 0.95;

  /** In seconds: one good second alone is luck, one bad second chance. */
  private static final int LASTING = 3;

  private final String policy;
  private final Scenario scenario;
  private final Tally tally;
  private final long[] latencies;
  private final Account account;

  Outcome(String policy, Scenario scenario, Tally tally, Account account) {
    this.policy = policy;
    this.scenario = scenario;
    this.tally = tally;
    this.latencies = tally.latencies();
    this.account = account;
  }

  public String policy() {
    return policy;
  }

  public Scenario scenario() {
    return scenario;
  }

  /** One number for every second in which calls were made. */
  public long[] series(Measure measure) {
    return Arrays.copyOf(tally.series(measure), (int) scenario.duration().toSeconds());
  }

  /** Of the whole run, the time after the last call was made included. */
  public long total(Measure measure) {
    return Arrays.stream(tally.series(measure)).sum();
  }

  private double during(Measure measure) {
    return Arrays.stream(series(measure)).sum();
  }

  /** Calls that succeeded, from 0 to 1. */
  public double successRate() {
    return during(Measure.GOODPUT) / during(Measure.OFFERED);
  }

  /** Requests sent per call. */
  public double amplification() {
    return during(Measure.SENT) / during(Measure.OFFERED);
  }

  /** Requests sent per call in the worst second. */
  public double maxAmplification() {
    long[] sent = series(Measure.SENT);
    long[] offered = series(Measure.OFFERED);
    double max = 0;
    for (int i = 0; i < sent.length; i++) {
      max = Math.max(max, (double) sent[i] / Math.max(1, offered[i]));
    }
    return max;
  }

  /**
   * How long after the last change on the server it took until 95 % of what was offered succeeded, for three seconds in a row, without
   * falling below that for three seconds in a row later. In whole seconds; null if that didn't come about.
   */
  public @Nullable Duration recovery() {
    long[] good = series(Measure.GOODPUT);
    long[] offered = series(Measure.OFFERED);
    int from = (int) scenario.endOfTrouble().toSeconds();
    Duration recovery = null;
    int well = 0;
    int unwell = 0;
    for (int second = from; second < good.length; second++) {
      boolean fine = good[second] >= WELL * offered[second];
      well = fine ? well + 1 : 0;
      unwell = fine ? 0 : unwell + 1;
      if (unwell == LASTING) {
        recovery = null;
      } else if (well == LASTING && recovery == null) {
        recovery = Duration.ofSeconds(second + 1 - LASTING - from);
      }
    }
    return recovery;
  }

  /** How evenly clients succeed: Jain's index of what part of its calls each got through, 1 if all the same, 1/n if one got all. */
  public double fairness() {
    double sum = 0;
    double squares = 0;
    int clients = 0;
    for (int i = 0; i < tally.offered().length; i++) {
      if (tally.offered()[i] > 0) {
        double part = (double) tally.good()[i] / tally.offered()[i];
        sum += part;
        squares += part * part;
        clients++;
      }
    }
    return squares == 0 ? 1 : sum * sum / (clients * squares);
  }

  /** Successful calls of one client, the time after the last call was made included. */
  public long goodput(int client) {
    return tally.good()[client];
  }

  /** Within which the quickest {@code part} of the successful calls ended, from 0 to 1; zero if there were none. */
  public Duration latency(double part) {
    int last = latencies.length - 1;
    return last < 0 ? Duration.ZERO : Duration.ofNanos(latencies[(int) Math.round(part * last)]);
  }

  /** What limits of that scope were charged, in requests or bytes, in the whole run; 0 if there is no such limit. */
  public long granted(ThrottleScope scope) {
    return account.granted(scope);
  }

  /**
   * Which part of what limits of that scope allow was used, the second's worth that they let pass at once not counted as allowed; 0 without
   * such a limit. Of no meaning for concurrency.
   */
  public double utilisation(ThrottleScope scope) {
    double allowed = 0;
    List<Change> changes = scenario.changes();
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i) instanceof Change.Limited limited && limited.limit().scope() == scope) {
        Duration end = scenario.duration();
        for (int j = changes.size() - 1; j > i; j--) {
          boolean replaced = changes.get(j) instanceof Change.Limited later && later.limit().replaces(limited.limit());
          end = replaced ? changes.get(j).at() : end;
        }
        allowed += limited.limit().amount() * (double) end.minus(limited.at()).toMillis() / 1000;
      }
    }
    return allowed == 0 ? 0 : granted(scope) / allowed;
  }

  /** The same for two runs in which every call went the same way. */
  public long fingerprint() {
    return tally.fingerprint();
  }

  /** A line for a table. */
  @Override
  public String toString() {
    Duration recovery = recovery();
    return String.format(
        Locale.ROOT,
        "%-24s %6d clients: %5.1f %% success, %.2f x (max %.2f x) requests, recovery %s, fairness %.3f, p50 %d ms, p99 %d ms",
        policy,
        scenario.clients(),
        100 * successRate(),
        amplification(),
        maxAmplification(),
        recovery == null ? "never" : recovery.toSeconds() + " s",
        fairness(),
        latency(0.5).toMillis(),
        latency(0.99).toMillis());
  }
}
