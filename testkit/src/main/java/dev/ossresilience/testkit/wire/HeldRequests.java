package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.request.OssRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests in a queue somewhere on their way, to be delivered once more, or at last. Thread-safe. */
final class HeldRequests {
  private final List<Held> held = new ArrayList<>();

  /**
   * Holds a request.
   *
   * @param requestsToGo it is due before the request that brings this to 0
   * @param duplicateOf the fault to count when it is delivered, null if none
   */
  synchronized void hold(OssRequest request, int requestsToGo, @Nullable Fault duplicateOf) {
    held.add(new Held(request, requestsToGo, duplicateOf));
  }

  /** Takes those that are due before one more request; all of them if {@code now}. */
  synchronized List<Held> due(boolean now) {
    if (held.isEmpty()) {
      return List.of();
    }
    List<Held> due = new ArrayList<>();
    for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
      Held one = all.next();
      one.requestsToGo--;
      if (now || one.requestsToGo <= 0) {
        due.add(one);
        all.remove();
      }
    }
    return due;
  }

  static final class Held {
    final OssRequest request;
    final @Nullable Fault duplicateOf;
    private int requestsToGo;

    private Held(OssRequest request, int requestsToGo, @Nullable Fault duplicateOf) {
      this.request = request;
      this.requestsToGo = requestsToGo;
      this.duplicateOf = duplicateOf;
    }
  }
}
