package dev.ossresilience.apache5;

import dev.ossresilience.OssResilience;
import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.concurrent.ComplexFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Runs each request to the endpoint as an exchange over another asynchronous client. Thread-safe if that is. */
final class OssHttpAsyncClient extends CloseableHttpAsyncClient {
  private final CloseableHttpAsyncClient delegate;
  private final OssResilience oss;
  private final Lifetime lifetime = new Lifetime();

  OssHttpAsyncClient(CloseableHttpAsyncClient delegate, OssResilience oss) {
    this.delegate = delegate;
    this.oss = oss;
  }

  @Override
  protected <T> Future<T> doExecute(
      @Nullable HttpHost target,
      AsyncRequestProducer requests,
      AsyncResponseConsumer<T> responses,
      @Nullable HandlerFactory<AsyncPushConsumer> pushes,
      @Nullable HttpContext context,
      @Nullable FutureCallback<T> callback) {
    ComplexFuture<T> future = new ComplexFuture<>(callback);
    HttpContext shown = context == null ? HttpCoreContext.create() : context;
    CallersEnd<T> caller = new CallersEnd<>(requests, responses, shown, future);
    try {
      requests.sendRequest(
          (request, entity, same) -> {
            HttpHost host = target != null ? target : RoutingSupport.determineHost(request);
            ProducedBody body = entity == null ? null : new ProducedBody(requests, entity);
            boolean repeatable = body == null || body.isRepeatable();
            Exchange exchange = host == null ? null : oss.exchangeFor(new ApacheRequestHead(request, body, repeatable, host), CallContext.options(context));
            if (exchange == null) {
              future.setDependency(delegate.execute(target, new BasicRequestProducer(request, body), responses, pushes, context, told(future)));
              return;
            }
            Transport transport = new DelegateTransport(delegate, target, pushes, CallContext.of(request, context));
            AsyncBinding call = new AsyncBinding(request, body, transport, exchange, lifetime, caller);
            future.setDependency(call);
            call.start(oss.scheduler());
          },
          shown);
    } catch (HttpException | IOException | RuntimeException e) {
      caller.failed(e);
    }
    return future;
  }

  private static <T> FutureCallback<T> told(ComplexFuture<T> future) {
    return new FutureCallback<>() {
      @Override
      public void completed(T result) {
        future.completed(result);
      }

      @Override
      public void failed(Exception cause) {
        future.failed(cause);
      }

      @Override
      public void cancelled() {
        future.cancel();
      }
    };
  }

  @Override
  public void start() {
    delegate.start();
  }

  @Override
  public IOReactorStatus getStatus() {
    return delegate.getStatus();
  }

  @Override
  public void awaitShutdown(TimeValue waitTime) throws InterruptedException {
    delegate.awaitShutdown(waitTime);
  }

  @Override
  public void initiateShutdown() {
    lifetime.begin();
    delegate.initiateShutdown();
  }

  @Override
  @Deprecated
  public void register(String hostname, String uriPattern, Supplier<AsyncPushConsumer> supplier) {
    delegate.register(hostname, uriPattern, supplier);
  }

  @Override
  public void close() throws IOException {
    lifetime.begin();
    try {
      delegate.close();
    } finally {
      lifetime.close();
    }
  }

  @Override
  public void close(CloseMode closeMode) {
    lifetime.begin();
    try {
      delegate.close(closeMode);
    } finally {
      lifetime.close();
    }
  }
}
