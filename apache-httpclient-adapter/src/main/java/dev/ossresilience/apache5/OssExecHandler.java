package dev.ossresilience.apache5;

import dev.ossresilience.OssResilience;
import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** Runs each request to the endpoint as an exchange within the execution chain of a client. Thread-safe. */
final class OssExecHandler implements ExecChainHandler {
  private final OssResilience oss;
  private final Lifetime lifetime;

  OssExecHandler(OssResilience oss, Lifetime lifetime) {
    this.oss = oss;
    this.lifetime = lifetime;
  }

  @Override
  public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException, HttpException {
    Exchange exchange = oss.exchangeFor(ApacheRequestHead.of(request, scope.route.getTargetHost()), CallContext.options(scope.clientContext));
    return exchange == null
        ? chain.proceed(request, scope)
        : new ChainBinding(request, scope, chain, exchange, lifetime::isOver).run(oss.waiter());
  }
}
