package dev.ossresilience.examples.ship;

import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeListener;
import dev.ossresilience.report.ExchangeReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts what the calls went through and keeps the most eventful ones. */
final class Journal implements ExchangeListener {
  private static final int KEPT = 3;

  private final List<ExchangeReport> mostEventful = new ArrayList<>();
  private long attempts;
  private long recovered;
  private long failures;

  @Override
  public synchronized void onEnd(ExchangeReport report) {
    attempts += report.attempts();
    recovered += report.recovered() ? 1 : 0;
    failures += report.events().stream().filter(event -> event.kind() != Event.Kind.WAIT && !event.result().startsWith("2")).count();
    if (report.events().size() > 1) {
      mostEventful.add(report);
      mostEventful.sort(Comparator.comparing((ExchangeReport kept) -> kept.events().size()).reversed());
      mostEventful.subList(Math.min(KEPT, mostEventful.size()), mostEventful.size()).clear();
    }
  }

  synchronized List<ExchangeReport> mostEventful() {
    return List.copyOf(mostEventful);
  }

  synchronized long attempts() {
    return attempts;
  }

  synchronized long recovered() {
    return recovered;
  }

  /** Attempts and probes that met an error response or none. */
  synchronized long failures() {
    return failures;
  }
}
