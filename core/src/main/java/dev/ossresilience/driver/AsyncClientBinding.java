package dev.ossresilience.driver;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that the core needs of an HTTP client that calls back, for one call. Its methods return at once; what they are given is called once,
 * on any thread, perhaps before they return.
 *
 * @param <Q> the client's request
 * @param <R> the client's response
 */
public interface AsyncClientBinding<Q, R> extends CallBinding<Q, R> {
  /** What comes of a request: one of the two. */
  interface Reception<R> {
    /** The head of its response is there. */
    void answered(R response);

    /** It ended without one. */
    void failed(IOException failure);
  }

  /**
   * Reads the body of the caller's request into memory with {@link BodyBuffer}, and sends that from then on. Called before anything else,
   * where {@link dev.ossresilience.exchange.Exchange#buffersBody} says so.
   *
   * @param then is told null at the end, or why it can't be done: also if the call is cancelled meanwhile
   */
  void bufferBody(Consumer<@Nullable IOException> then);

  /**
   * Sends a request. The client below must not repeat it, unless that is harmless by {@link
   * dev.ossresilience.exchange.Exchange#isBodyOneShotBelow}. If the call is cancelled by now, nothing is sent.
   */
  void send(Q request, Reception<R> then);

  /**
   * Gives the first bytes of a response's body, at most {@code limit}; the body stays readable from its start. A body that breaks off
   * gives what arrived, and so does one that is still coming when {@code goOn} turns false.
   */
  void peekBody(R response, int limit, BooleanSupplier goOn, Consumer<byte[]> then);

  /** Ends a peek that hasn't ended, of a body that neither comes nor ends: it gives what has arrived. From any thread. */
  default void endPeek(R response) {
    // One that blocks until its client's own timeout ends by that.
  }

  /**
   * Writes a response's body to {@code sink}, at most {@code limit} bytes.
   *
   * @param then is told null at the end, or why it broke off: also if it is still coming when {@code goOn} turns false
   */
  void readBody(R response, OutputStream sink, long limit, BooleanSupplier goOn, Consumer<@Nullable IOException> then);

  /** The call waits for time to pass, perhaps one of many and for long: nothing that was needed for its last request is asked for any more. */
  default void idle() {}
}
