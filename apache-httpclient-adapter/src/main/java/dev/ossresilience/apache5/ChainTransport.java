package dev.ossresilience.apache5;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.core5.concurrent.ComplexCancellable;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * Sends through the rest of an execution chain. Each sending has a connection of its own: what is late of one that was discarded can't
 * touch the next.
 */
record ChainTransport(AsyncExecChain chain, AsyncExecChain.Scope scope, CallContext context) implements Transport {
  @Override
  public Sending begin(HttpRequest request, @Nullable AsyncEntityProducer body, boolean probe, AsyncExecCallback callback) {
    AsyncExecRuntime runtime = scope.execRuntime.fork();
    ComplexCancellable cancellable = new ComplexCancellable();
    // The attempt is the original for what follows: else a repetition after 401 would go out with the headers the caller came with.
    AsyncExecChain.Scope own =
        new AsyncExecChain.Scope(
            scope.exchangeId,
            scope.route,
            request,
            cancellable,
            probe ? context.forProbe() : context.forAttempt(),
            runtime,
            scope.scheduler,
            scope.execCount);
    Sending sending =
        new Sending() {
          @Override
          public void release() {
            runtime.releaseEndpoint();
          }

          @Override
          public void cancel() {
            cancellable.cancel(); // a connection that is only being made, too
          }

          @Override
          public void discard() {
            runtime.discardEndpoint();
          }
        };
    try {
      chain.proceed(request, body, own, callback);
    } catch (HttpException | IOException | RuntimeException e) {
      callback.failed(e);
    }
    return sending;
  }

  @Override
  public int arrivals() {
    return context.arrivals();
  }
}
