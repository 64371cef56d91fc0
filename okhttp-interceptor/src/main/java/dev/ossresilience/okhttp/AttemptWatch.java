package dev.ossresilience.okhttp;

import dev.ossresilience.exchange.Exchange;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Watches what one call sends, one request after the other, where OkHttp lets everything be seen. */
final class AttemptWatch {
  private final Exchange exchange;
  private final BodyWatch bodies = new BodyWatch();
  private @Nullable Sends sends;
  private boolean connectionFailed;

  AttemptWatch(Exchange exchange) {
    this.exchange = exchange;
  }

  /** What has to be told of each request as it is sent. */
  BodyWatch bodies() {
    return bodies;
  }

  /** The body of the request that is sent next, null if it has none. */
  @Nullable AttemptBody prepare(@Nullable RequestBody body) {
    AttemptBody prepared = body == null ? null : new AttemptBody(body, exchange.isBodyOneShotBelow(), exchange.checksBody());
    bodies.expect(prepared);
    return prepared;
  }

  /** Begins to watch a request; what is returned has to be told of each time it is sent. */
  Sends begin(Request request) {
    Sends next = new Sends(request.url(), exchange);
    sends = next;
    return next;
  }

  /** The request is about to be sent in this form. */
  void sending(Request lastForm) throws RedirectRefusedException {
    if (sends != null) {
      sends.sending(lastForm.url());
    }
    bodies.sending(lastForm);
  }

  /** The request ended without a response. */
  void failed() {
    connectionFailed = true;
  }

  /**
   * Whether the next request needs a connection of its own. What is safe to repeat OkHttp may repeat on another connection, since stale
   * ones are no news; what isn't, it may not. So that there need not be as many attempts as the pool holds stale connections, the one
   * after a failure goes over a new connection.
   */
  boolean needsNewConnection() {
    return connectionFailed && exchange.isBodyOneShotBelow();
  }

  int repeats() {
    return sends == null ? 0 : sends.repeats();
  }

  boolean isSeen() {
    return bodies.isSeen();
  }

  boolean isBodyReplaced() {
    return bodies.isReplaced();
  }
}
