package dev.ossresilience.okhttp;

import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One call through the chain of an application interceptor. */
final class ChainBinding extends OkHttpBinding {
  private final Interceptor.Chain chain;
  private final Carrier carrier;

  ChainBinding(Interceptor.Chain chain, Exchange exchange, Carrier carrier) {
    super(chain.request(), exchange);
    this.chain = chain;
    this.carrier = carrier;
  }

  @Override
  @Nullable AttemptBody prepare(@Nullable RequestBody body) {
    return carrier.prepare(body);
  }

  @Override
  public Response send(Request attempt) throws IOException {
    return toCaller(carrier.send(attempt));
  }

  @Override
  public int repeatsBelow() {
    return carrier.repeats();
  }

  @Override
  public boolean isBodyReplaced() {
    return carrier.isBodyReplaced();
  }

  @Override
  boolean isSeen() {
    return carrier.isSeen();
  }

  @Override
  public boolean isCancelled() {
    return chain.call().isCanceled();
  }

  @Override
  public IOException cancelledException() {
    return new IOException("Canceled");
  }
}
