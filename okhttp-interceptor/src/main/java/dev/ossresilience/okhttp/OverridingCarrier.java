package dev.ossresilience.okhttp;

import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** OkHttp 5.4 and later. */
final class OverridingCarrier implements Carrier {
  private final Interceptor.Chain chain;
  private final Exchange exchange;
  private final AttemptWatch watch;

  OverridingCarrier(Interceptor.Chain chain, Exchange exchange) {
    this.chain = chain;
    this.exchange = exchange;
    this.watch = new AttemptWatch(exchange);
    if (chain.request().body() != null) { // else there is none to watch
      chain.call().addEventListener(watch.bodies());
    }
  }

  @Override
  public @Nullable AttemptBody prepare(@Nullable RequestBody body) {
    return watch.prepare(body);
  }

  @Override
  public Response send(Request request) throws IOException {
    Sends sends = watch.begin(request);
    Interceptor.Chain watched = chain.withCookieJar(new SendWatch(chain.getCookieJar(), sends));
    Request last = request;
    if (exchange.isBodyOneShotBelow()) {
      watched = watched.withRetryOnConnectionFailure(false);
    }
    if (watch.needsNewConnection()) {
      watched = watched.withDns(new NewConnectionDns(chain.getDns()));
      last = request.newBuilder().header("Connection", "close").build(); // and nobody else could use this one
    }
    try {
      return sends.unlessRedirected(RetryAfter.readable(watched, last));
    } catch (IOException e) {
      watch.failed();
      throw e;
    }
  }

  @Override
  public int repeats() {
    return watch.repeats();
  }

  @Override
  public boolean isSeen() {
    return watch.isSeen();
  }

  @Override
  public boolean isBodyReplaced() {
    return watch.isBodyReplaced();
  }
}
