package dev.ossresilience.apache5;

import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** How an asynchronous client sends a request once. */
interface Transport {
  /**
   * Sends it. What comes of it goes to {@code callback}: also why it couldn't be begun.
   *
   * @param probe whether it is one of ours, of which the caller's context is to know nothing
   */
  Sending begin(HttpRequest request, @Nullable AsyncEntityProducer body, boolean probe, AsyncExecCallback callback);

  /** What the call runs in. */
  CallContext context();

  /** How often the last request that was no probe came to where the client sends it; 0 if nobody knows. */
  int arrivals();

  /** One sending under way. Thread-safe; never throws. */
  interface Sending {
    /** It came to its end: the connection can be used again if it is any good. */
    void release();

    /** Nobody wants what is still to come. {@link #discard} follows. */
    void cancel();

    /** The connection, if there is one yet, can't be used again. */
    void discard();
  }
}
