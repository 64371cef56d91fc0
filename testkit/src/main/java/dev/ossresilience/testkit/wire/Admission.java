package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.fault.EarlyAnswerFault;
import dev.ossresilience.testkit.fault.Fault;
import org.jspecify.annotations.Nullable;

/** What connections ask and tell the one who answers for them. Thread-safe. */
interface Admission {
  /** Whether the connection that was just made is refused; the fault is then used up and counted. */
  boolean refusesConnection();

  /** The fault of one more request. */
  Fault draw();

  /** The answer to a request that can't be read. */
  Answer malformed(Head head, String wrong);

  /** The answer that comes before a request's body, which nobody reads. */
  Answer early(Head head, EarlyAnswerFault fault);

  /** A request ended before it had arrived in full, because of a fault or because the client left or wrote what can't be read. */
  void unfinished(ReceivedRequest request, @Nullable Fault happened);
}
