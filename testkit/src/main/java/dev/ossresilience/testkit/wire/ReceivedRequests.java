package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.ReceivedRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The requests so far: all are counted, the newest are kept. Thread-safe. */
final class ReceivedRequests {
  /** So many that no test misses one, and so few that a server that runs for days keeps its memory, some 100 MB at most. */
  static final int KEPT = 100_000;

  private final Deque<ReceivedRequest> newest = new ArrayDeque<>();
  private long count;

  synchronized void add(ReceivedRequest request) {
    count++;
    newest.add(request);
    if (newest.size() > KEPT) {
      newest.remove();
    }
  }

  synchronized List<ReceivedRequest> newest() {
    return List.copyOf(newest);
  }

  synchronized long count() {
    return count;
  }
}
