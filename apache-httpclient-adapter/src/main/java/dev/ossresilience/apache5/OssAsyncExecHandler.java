package dev.ossresilience.apache5;

import dev.ossresilience.OssResilience;
import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** Runs each request to the endpoint as an exchange within the execution chain of an asynchronous client. Thread-safe. */
final class OssAsyncExecHandler implements AsyncExecChainHandler {
  private final OssResilience oss;
  private final Lifetime lifetime;

  OssAsyncExecHandler(OssResilience oss, Lifetime lifetime) {
    this.oss = oss;
    this.lifetime = lifetime;
  }

  @Override
  public void execute(
      HttpRequest request, @Nullable AsyncEntityProducer body, AsyncExecChain.Scope scope, AsyncExecChain chain, AsyncExecCallback callback)
      throws HttpException, IOException {
    HttpHost target = scope.route.getTargetHost();
    Exchange exchange = oss.exchangeFor(new ApacheRequestHead(request, body, body == null || body.isRepeatable(), target), CallContext.options(scope.clientContext));
    if (exchange == null) {
      chain.proceed(request, body, scope, callback);
      return;
    }
    Transport transport = new ChainTransport(chain, scope, CallContext.in(scope.clientContext));
    AsyncBinding call = new AsyncBinding(request, body, transport, exchange, lifetime, callback);
    scope.cancellableDependency.setDependency(call);
    call.start(oss.scheduler());
  }
}
