package dev.ossresilience.apache5;

import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** A call of which each attempt is a call of a whole other client. */
final class ApacheBinding extends ClassicBinding {
  private final HttpClient delegate;
  private final @Nullable HttpHost target;
  private final ClassicHttpRequest original;

  ApacheBinding(
      HttpClient delegate,
      @Nullable HttpHost target,
      ClassicHttpRequest original,
      CallContext context,
      Exchange exchange,
      BooleanSupplier closed) {
    super(original, context, exchange, closed);
    this.delegate = delegate;
    this.target = target;
    this.original = original;
  }

  @Override
  ClassicHttpResponse execute(HttpUriRequestBase request, HttpClientContext within) throws IOException {
    if (original instanceof CancellableDependency cancellable) {
      cancellable.setDependency(request); // cancels it at once if the caller has cancelled already
    }
    return delegate.executeOpen(target, request, within);
  }

  @Override
  boolean isAborted() {
    return original instanceof CancellableDependency cancellable && cancellable.isCancelled();
  }
}
