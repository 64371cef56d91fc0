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
  private final BodyWatch bodies = new BodyWatch();
  private @Nullable SendWatch watch;
  private boolean connectionFailed;

  OverridingCarrier(Interceptor.Chain chain, Exchange exchange) {
    this.chain = chain;
    this.exchange = exchange;
    chain.call().addEventListener(bodies);
  }

  @Override
  public @Nullable AttemptBody prepare(@Nullable RequestBody body) {
    AttemptBody prepared = body == null ? null : new AttemptBody(body, exchange.isBodyOneShotBelow(), exchange.checksBody());
    bodies.expect(prepared);
    return prepared;
  }

  @Override
  public Response send(Request request) throws IOException {
    try {
      return exchange.isBodyOneShotBelow() ? sendOnce(request) : watched(request).proceed(chain);
    } catch (IOException e) {
      connectionFailed = true;
      throw e;
    }
  }

  /**
   * What is safe to repeat OkHttp may repeat on another connection, since stale ones are no news; what isn't, it may not. So that there
   * need not be as many attempts as the pool holds stale connections, the one after a failure goes over a new connection: none of the
   * pool's is one for another Dns.
   */
  private Response sendOnce(Request attempt) throws IOException {
    Interceptor.Chain once = chain.withRetryOnConnectionFailure(false);
    if (!connectionFailed) {
      return watched(attempt).proceed(once);
    }
    Request last = attempt.newBuilder().header("Connection", "close").build(); // nobody else could use the connection
    return watched(last).proceed(once.withDns(host -> chain.getDns().lookup(host)));
  }

  private SendWatch watched(Request attempt) {
    watch = SendWatch.over(chain, attempt, exchange.mayFollowRedirects());
    return watch;
  }

  @Override
  public int repeats() {
    return watch == null ? 0 : watch.repeats();
  }

  @Override
  public boolean isBodyReplaced() {
    return bodies.isReplaced();
  }
}
