package dev.ossresilience.testkit.fleet;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts what happens, by the second, and keeps how each call went. */
final class Tally {
  private static final long SECOND = 1_000_000_000;

  private final Agenda agenda;
  private final Map<Measure, Series> series = new EnumMap<>(Measure.class);
  private final long[] offered;
  private final long[] good;
  private long[] latencies = new long[1024];
  private int successes;
  private long fingerprint;

  Tally(Agenda agenda, int clients) {
    this.agenda = agenda;
    this.offered = new long[clients];
    this.good = new long[clients];
    for (Measure measure : Measure.values()) {
      series.put(measure, new Series());
    }
  }

  private static final class Series {
    long[] seconds = new long[64];

    void count(int second) {
      if (second >= seconds.length) {
        seconds = Arrays.copyOf(seconds, Math.max(second + 1, seconds.length * 2));
      }
      seconds[second]++;
    }
  }

  void count(Measure measure) {
    of(measure).count((int) (agenda.nanoTime() / SECOND));
  }

  private Series of(Measure measure) {
    return Objects.requireNonNull(series.get(measure));
  }

  void count(Answer answer) {
    count(answer.isThrottled() ? Measure.THROTTLED : answer.isUnavailable() ? Measure.UNAVAILABLE : Measure.ANSWERED);
  }

  void began(int client) {
    offered[client]++;
    count(Measure.OFFERED);
  }

  void ended(int client, long startNanos, int attempts, boolean success) {
    long latency = agenda.nanoTime() - startNanos;
    fingerprint = (((fingerprint * 31 + client) * 31 + latency) * 31 + attempts) * 31 + (success ? 1 : 0);
    count(success ? Measure.GOODPUT : Measure.FAILED);
    if (success) {
      good[client]++;
      if (successes == latencies.length) {
        latencies = Arrays.copyOf(latencies, successes * 2);
      }
      latencies[successes++] = latency;
    }
  }

  /** By the second, not to be changed; some zeros may follow. */
  long[] series(Measure measure) {
    return of(measure).seconds;
  }

  /** Calls by client. */
  long[] offered() {
    return offered;
  }

  /** Successful calls by client. */
  long[] good() {
    return good;
  }

  /** How long successful calls took, sorted, in nanoseconds. */
  long[] latencies() {
    long[] sorted = Arrays.copyOf(latencies, successes);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Of all calls in the order they ended, with all that is known of them. */
  long fingerprint() {
    return fingerprint;
  }
}
