package dev.ossresilience.apache5;

import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.error.Effect;
import dev.ossresilience.error.Verdict;
import java.io.IOException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/** What HttpClient's own exceptions mean. */
final class ClientFailures {
  private ClientFailures() {}

  /** Null where the core knows the exception as well; {@code bodyHeldBack} says that there was a body and none of it went out. */
  static @Nullable Diagnosis diagnose(IOException failure, boolean bodyHeldBack) {
    if (failure instanceof ConnectTimeoutException || failure instanceof ConnectionRequestTimeoutException) {
      return new Diagnosis(Verdict.TRANSIENT, Effect.NOT_APPLIED); // there was no connection to send anything over
    }
    if (failure instanceof ClientProtocolException) {
      // The request can't be sent, or the response can't be understood: only a body that never started tells the two apart.
      return new Diagnosis(Verdict.FATAL, bodyHeldBack ? Effect.NOT_APPLIED : Effect.UNKNOWN);
    }
    return null;
  }
}
