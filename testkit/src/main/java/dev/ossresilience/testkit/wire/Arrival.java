package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A request that is arriving: its head has come, its body may be on its way.
 *
 * @param fault the one drawn for it
 */
record Arrival(Head head, Fault fault) {
  /** What there is to say of a request that never arrived in full. */
  ReceivedRequest unfinished(long bodySize, int status, @Nullable Fault happened) {
    return new ReceivedRequest(head.method(), head.target(), head.headers(), bodySize, status, happened);
  }
}
