package dev.ossresilience.driver;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * All that the core needs of an HTTP client that blocks, for one call.
 *
 * @param <Q> the client's request
 * @param <R> the client's response
 */
public interface ClientBinding<Q, R> extends CallBinding<Q, R> {
  /**
   * Reads the body of the caller's request into memory with {@link BodyBuffer}, and sends that from then on. Called before anything else,
   * where {@link dev.ossresilience.exchange.Exchange#buffersBody} says so.
   *
   * @throws IOException if that can't be done
   */
  void bufferBody() throws IOException;

  /**
   * Sends a request and waits for the head of its response. The client below must not repeat it, unless that is harmless by {@link
   * dev.ossresilience.exchange.Exchange#isBodyOneShotBelow}.
   */
  R send(Q request) throws IOException;

  /**
   * The first bytes of a response's body, at most {@code limit}; the body stays readable from its start. A body that breaks off
   * gives what arrived, and so does one that is still coming when {@code goOn} turns false.
   */
  byte[] peekBody(R response, int limit, BooleanSupplier goOn);

  /**
   * Writes a response's body to {@code sink}, at most {@code limit} bytes.
   *
   * @throws IOException if the body breaks off before its end, or is still coming when {@code goOn} turns false
   */
  void readBody(R response, OutputStream sink, long limit, BooleanSupplier goOn) throws IOException;
}
