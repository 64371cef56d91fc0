package dev.ossresilience.apache5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Sends as a call of a whole other client, which keeps its connections to itself. */
record DelegateTransport(
    CloseableHttpAsyncClient delegate, @Nullable HttpHost target, @Nullable HandlerFactory<AsyncPushConsumer> pushes, CallContext context)
    implements Transport {
  @Override
  public Sending begin(HttpRequest request, @Nullable AsyncEntityProducer body, boolean probe, AsyncExecCallback callback) {
    HttpContext within = probe ? context.forProbe() : context.forAttempt();
    BasicRequestProducer producer = new BasicRequestProducer(request, body);
    Ending ending = new Ending(callback);
    Future<?> future;
    try {
      future = delegate.execute(target, producer, new Passing(callback), probe ? null : pushes, within, ending);
    } catch (RuntimeException e) {
      callback.failed(e); // as a client does that was closed
      return new Underway(null, ending);
    }
    return new Underway(future, ending);
  }

  @Override
  public int arrivals() {
    return context.arrivals();
  }

  private record Underway(@Nullable Future<?> future, Ending ending) implements Sending {
    @Override
    public void release() {
      // The delegate does it: its exchange of messages has ended.
    }

    @Override
    public void cancel() {
      if (future != null) {
        future.cancel(true);
      }
    }

    /** Only the end of its call makes the delegate drop the connection. One that has ended must not end again: it would be counted twice. */
    @Override
    public void discard() {
      if (!ending.over) {
        cancel();
      }
    }
  }

  /** How the delegate's call ends. */
  private static final class Ending implements FutureCallback<Boolean> {
    private final AsyncExecCallback callback;
    private volatile boolean over;

    Ending(AsyncExecCallback callback) {
      this.callback = callback;
    }

    @Override
    public void completed(Boolean result) {
      over = true;
      callback.completed();
    }

    @Override
    public void failed(Exception cause) {
      over = true;
      callback.failed(cause);
    }

    @Override
    public void cancelled() {
      over = true;
      callback.failed(new CancellationException("the attempt was given up"));
    }
  }

  /** Passes a response on to a callback as an execution chain would. */
  private static final class Passing implements AsyncResponseConsumer<Boolean> {
    private final AsyncExecCallback callback;
    private volatile @Nullable AsyncDataConsumer consumer;
    private volatile @Nullable FutureCallback<Boolean> end;

    Passing(AsyncExecCallback callback) {
      this.callback = callback;
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context, FutureCallback<Boolean> result)
        throws HttpException, IOException {
      end = result;
      consumer = callback.handleResponse(response, entity);
      if (entity == null) {
        result.completed(true);
      }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) throws HttpException, IOException {
      callback.handleInformationResponse(response);
    }

    @Override
    public void failed(Exception cause) {
      // The end of the call says so too.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
      AsyncDataConsumer to = consumer;
      if (to == null) {
        channel.update(Integer.MAX_VALUE);
      } else {
        to.updateCapacity(channel);
      }
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
      AsyncDataConsumer to = consumer;
      if (to != null) {
        to.consume(source);
      }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) throws HttpException, IOException {
      AsyncDataConsumer to = consumer;
      FutureCallback<Boolean> result = end;
      if (to != null) {
        to.streamEnd(trailers);
      }
      if (result != null) {
        result.completed(true);
      }
    }

    @Override
    public void releaseResources() {
      // Nothing is held here.
    }
  }
}
