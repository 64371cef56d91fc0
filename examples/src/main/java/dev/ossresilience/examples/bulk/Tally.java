package dev.ossresilience.examples.bulk;

import dev.ossresilience.examples.stage.ProgressBar;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeListener;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts how the uploads fare. Thread-safe. */
final class Tally implements ExchangeListener {
  /** Of those that fail, the first are enough to tell why. */
  private static final int TOLD = 5;

  private final List<String> failures = new ArrayList<>();
  private int ended;
  private int stored;
  private int attempts;
  private int paced;

  @Override
  public synchronized void onEnd(ExchangeReport report) {
    attempts += report.attempts();
    paced += report.events().stream().anyMatch(event -> event.kind() == Event.Kind.WAIT && event.reason() == Reason.PACED) ? 1 : 0;
  }

  /** An upload ended, with a failure or without; gives how many have. */
  synchronized int ended(@Nullable Throwable failure, ProgressBar bar, int uploads) {
    ended++;
    if (failure == null) {
      stored++;
    } else if (failures.size() < TOLD) {
      failures.add(failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
    }
    bar.show(ended, uploads, () -> stored + " stored, " + (attempts - ended) + " repeated, " + paced + " waited for their turn");
    return ended;
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  synchronized int stored() {
    return stored;
  }

  synchronized int attempts() {
    return attempts;
  }

  /** How many uploads had to wait for their turn. */
  synchronized int paced() {
    return paced;
  }
}
