package dev.ossresilience.apache5;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.OssResilience;
import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** Runs each request to the endpoint as an exchange over another client. Thread-safe if that is. */
final class OssHttpClient extends CloseableHttpClient implements Configurable {
  private final CloseableHttpClient delegate;
  private final OssResilience oss;
  private final Lifetime lifetime = new Lifetime();

  OssHttpClient(CloseableHttpClient delegate, OssResilience oss) {
    this.delegate = delegate;
    this.oss = oss;
  }

  @Override
  protected CloseableHttpResponse doExecute(@Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context)
      throws IOException {
    Exchange exchange = exchangeFor(target, request, CallContext.options(context));
    if (exchange == null) {
      return CloseableHttpResponse.adapt(delegate.executeOpen(target, request, context));
    }
    CallContext call = CallContext.of(request, context, delegate);
    ApacheBinding binding = new ApacheBinding(delegate, target, request, call, exchange, lifetime::isOver);
    return CloseableHttpResponse.adapt(binding.run(oss.waiter()));
  }

  private @Nullable Exchange exchangeFor(@Nullable HttpHost target, ClassicHttpRequest request, OssCallOptions options) {
    try {
      HttpHost host = target != null ? target : RoutingSupport.determineHost(request);
      return host == null ? null : oss.exchangeFor(ApacheRequestHead.of(request, host), options);
    } catch (HttpException e) {
      return null; // the delegate meets the same and says it in its own way
    }
  }

  /** The delegate's defaults, so that a wrapper around this client finds what it would find without it. */
  @Override
  public @Nullable RequestConfig getConfig() {
    return delegate instanceof Configurable configurable ? configurable.getConfig() : null;
  }

  @Override
  public void close() throws IOException {
    lifetime.close();
    delegate.close();
  }

  @Override
  public void close(CloseMode closeMode) {
    lifetime.close();
    delegate.close(closeMode);
  }
}
