package dev.ossresilience.testkit;

import dev.ossresilience.testkit.fault.Fault;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that reached the simulator, and what became of it.
 *
 * @param target the path and query as sent, still percent-encoded
 * @param headers by lower-case name; values joined by a comma where a name came twice
 * @param bodySize the bytes of the body that the server took
 * @param status the status answered, 0 if the connection was closed without an answer
 * @param fault the fault that this request met, null if it met none
 */
public record ReceivedRequest(
    String method, String target, SortedMap<String, String> headers, long bodySize, int status, @Nullable Fault fault) {
  public ReceivedRequest {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  /** Names no header: some are secret. */
  @Override
  public String toString() {
    String answer = status == 0 ? "dropped" : Integer.toString(status);
    return method + " " + target + " (" + bodySize + " bytes) -> " + answer + (fault == null ? "" : ", " + fault.name());
  }
}
