package dev.ossresilience.apache5;

import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** A call of which each attempt goes through the rest of the client's own execution chain. */
final class ChainBinding extends ClassicBinding {
  private final ExecChain chain;
  private final ExecChain.Scope scope;

  ChainBinding(ClassicHttpRequest original, ExecChain.Scope scope, ExecChain chain, Exchange exchange, BooleanSupplier closed) {
    super(original, CallContext.in(scope.clientContext), exchange, closed);
    this.chain = chain;
    this.scope = scope;
  }

  /** The attempt is the original for what follows: else a repetition after 401 would go out with the headers the caller came with. */
  @Override
  ClassicHttpResponse execute(HttpUriRequestBase request, HttpClientContext within) throws IOException {
    request.setDependency(
        () -> {
          scope.execRuntime.discardEndpoint();
          return true;
        });
    try {
      return chain.proceed(request, new ExecChain.Scope(scope.exchangeId, scope.route, request, scope.execRuntime, within));
    } catch (HttpException e) {
      throw new ClientProtocolException(e.getMessage(), e); // as the client does it at the end of its chain
    }
  }

  @Override
  boolean isAborted() {
    return scope.execRuntime.isExecutionAborted();
  }
}
