package dev.ossresilience.driver;

import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.exchange.BodyProgress;
import dev.ossresilience.exchange.BodySent;
import dev.ossresilience.exchange.ProbeRequest;
import dev.ossresilience.exchange.RequestEdit;
import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the core needs of an HTTP client for one call, however that sends: a blocking one adds {@link ClientBinding}, one that calls back
 * {@link AsyncClientBinding}. A new client means a new binding and nothing else.
 *
 * @param <Q> the client's request
 * @param <R> the client's response
 */
public interface CallBinding<Q, R> {
  /** The caller's request with an edit. Its body, if it has one, is ready to be written from the first byte. */
  Q edit(RequestEdit edit);

  /** A request without a body to the path of the caller's request, without its headers and with another query. */
  Q probe(ProbeRequest probe);

  /** How often the client below repeated by itself what was sent last, as far as it shows. */
  default int repeatsBelow() {
    return 0;
  }

  /** What this client's own exceptions mean, or null where the core knows the exception as well as the client does. */
  default @Nullable Diagnosis diagnose(IOException failure) {
    return null;
  }

  /** Whether the body of the request sent last was begun to be written. */
  boolean isBodyStarted();

  /** How far the body of the request that was answered last has got, as far as it is known. */
  default BodyProgress bodyProgress() {
    return BodyProgress.WHOLE;
  }

  /**
   * Whether something below may have put another body in place of the caller's in the request sent last: a compressed one, say. True
   * also if that isn't known, for what the server has is then not to be compared with the caller's body.
   */
  boolean isBodyReplaced();

  /**
   * What went out as the body of the request sent last, if {@link dev.ossresilience.exchange.Exchange#checksBody} asks for it; null if not
   * all of it did. Not asked for a body that was replaced.
   */
  default @Nullable BodySent bodySent() {
    return null;
  }

  /** Status and headers, which stay readable after {@link #close}. */
  ResponseHead head(R response);

  /** Closes a response and gives a copy of its head with {@code body} as its body, which needs no closing. */
  R detach(R response, byte[] body);

  /** A response to the caller's request that never was: a success with these headers and this body, empty for none. */
  R recovered(int status, Map<String, String> headers, byte[] body);

  /** Closes a response; never throws. */
  void close(R response);

  /** Writes the body of the caller's request, which is repeatable, to {@code sink}. */
  void writeRequestBody(OutputStream sink) throws IOException;

  /** Whether the caller has cancelled the call. */
  boolean isCancelled();

  /** What this client throws when a call is cancelled. */
  IOException cancelledException();
}
