package dev.ossresilience.okhttp;

import dev.ossresilience.OssResilience;
import dev.ossresilience.driver.BlockingDriver;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.report.ExchangeReport;
import java.io.IOException;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Signs, repeats and recovers the calls to one OSS endpoint on the thread that makes them; calls to other hosts pass untouched. Add it
 * as an <em>application</em> interceptor. Thread-safe; starts no thread.
 *
 * <p>A wait holds the calling thread. In a call made by {@code enqueue} that is one of the dispatcher's threads, of which OkHttp allows
 * five per host by default: where many calls may be throttled at once prefer {@code execute}, or an {@link OssCallFactory}.
 *
 * <p>With OkHttp before 5.4 a call fails with an {@link IOException}, before anything is sent, if the client would follow redirects of
 * signed requests, or might send a body twice that an interceptor behind this one put there; the message names the setting.
 */
public final class OssRetryInterceptor implements Interceptor {
  private final OssResilience oss;

  private OssRetryInterceptor(OssResilience oss) {
    this.oss = Objects.requireNonNull(oss, "oss");
  }

  /** An interceptor for {@link OkHttpClient.Builder#addInterceptor}. */
  public static OssRetryInterceptor of(OssResilience oss) {
    return new OssRetryInterceptor(oss);
  }

  /** Whether the same requests are taken care of. */
  boolean isFor(OssResilience other) {
    return oss.endpoint().toString().equals(other.endpoint().toString());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Exchange exchange = oss.exchangeFor(new RequestView(request), RequestView.options(request));
    if (exchange == null) {
      return chain.proceed(request);
    }
    return BlockingDriver.run(exchange, new ChainBinding(chain, exchange, carrier(chain, exchange)), oss.waiter());
  }

  private Carrier carrier(Chain chain, Exchange exchange) throws IOException {
    try {
      return Carrier.of(chain, exchange, this);
    } catch (IOException e) {
      exchange.abandoned(); // listeners know of the call already
      throw e;
    }
  }

  /** What happened in the call, of an {@link OssCallFactory} too, that ended with {@code response}, or null if it wasn't one to OSS. */
  public static @Nullable ExchangeReport reportOf(Response response) {
    Exchange exchange = response.request().tag(Exchange.class);
    return exchange == null ? null : exchange.report();
  }
}
