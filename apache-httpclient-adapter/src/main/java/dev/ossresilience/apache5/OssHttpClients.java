package dev.ossresilience.apache5;

import dev.ossresilience.OssResilience;
import dev.ossresilience.report.ExchangeReport;
import java.util.Objects;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Gives clients of Apache HttpClient 5 the care of {@link OssResilience}. */
public final class OssHttpClients {
  /**
   * The attribute of a caller's {@link HttpContext} that holds the {@link ExchangeReport} of the last call to OSS made with it. It is there
   * when the call has ended, with a response or an exception; where a future was cancelled, a moment later.
   */
  public static final String REPORT_ATTRIBUTE = "oss-resilience.report";

  /** Always there, whatever is disabled: a handler placed by the name of one that isn't would be dropped without a word. */
  private static final String ANCHOR = ChainElement.PROTOCOL.name();

  private static final String NAME = "OSS_RESILIENCE";

  private OssHttpClients() {}

  /** What happened in the last call to OSS that was made with {@code context} and has ended, or null if there was none. */
  public static @Nullable ExchangeReport reportOf(HttpContext context) {
    return context.getAttribute(REPORT_ATTRIBUTE) instanceof ExchangeReport report ? report : null;
  }

  /**
   * Makes the client that {@code builder} will build sign, repeat and recover requests to {@code oss.endpoint()}. To be called once, by
   * whoever builds one client with it, and last: it switches off for all requests what would get in the way, the client's own retries,
   * redirects and decoding of compressed bodies. Requests to other hosts pass otherwise untouched.
   *
   * <p>Each attempt has the client's timeouts, proxies and interceptors, within the total deadline of {@code oss}; headers that an
   * interceptor adds are not signed. A call that waits ends when its request is cancelled, its thread interrupted or the client closed.
   *
   * @return {@code builder}
   */
  public static HttpClientBuilder configure(HttpClientBuilder builder, OssResilience oss) {
    Objects.requireNonNull(oss, "oss");
    Lifetime lifetime = Lifetime.of(builder, HttpClientBuilder.class);
    return builder
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .addExecInterceptorBefore(ANCHOR, NAME, new OssExecHandler(oss, lifetime));
  }

  /**
   * The same for an asynchronous client. While a call waits it holds no thread and no connection; what may block, as fetching credentials
   * may, happens on {@code oss}'s working thread, never on one that does I/O. A success goes to the response consumer as it arrives; an
   * error first goes through the hands of {@code oss}, and its consumer may be called on the working thread, which it must not block.
   * Closing the client ends calls that wait; {@code initiateShutdown} alone doesn't, for nobody is told of it. Not for
   * {@code H2AsyncClientBuilder}, which is untested.
   *
   * @return {@code builder}
   */
  public static HttpAsyncClientBuilder configure(HttpAsyncClientBuilder builder, OssResilience oss) {
    Objects.requireNonNull(oss, "oss");
    Lifetime lifetime = Lifetime.of(builder, HttpAsyncClientBuilder.class);
    builder.disableContentCompression();
    return builder
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .addExecInterceptorBefore(ANCHOR, NAME, new OssAsyncExecHandler(oss, lifetime));
  }

  /**
   * A client that signs, repeats and recovers requests to {@code oss.endpoint()}, and hands all others to {@code delegate} as they
   * are. Thread-safe if {@code delegate} is; closing it closes {@code delegate}.
   *
   * <p>Each attempt is one call of {@code delegate}, with its timeouts, proxies and interceptors. Its redirects are switched off for
   * these requests, since a signature must not travel to another host. Headers that an interceptor of {@code delegate} adds are not
   * signed.
   *
   * <p>Build {@code delegate} with {@code disableAutomaticRetries()}. With its retries on nothing is sent twice that mustn't be, but
   * reads and overwrites that are answered by 429 or 503 are repeated once more after a second that can't be cancelled.
   */
  public static CloseableHttpClient wrap(CloseableHttpClient delegate, OssResilience oss) {
    return new OssHttpClient(Objects.requireNonNull(delegate, "delegate"), Objects.requireNonNull(oss, "oss"));
  }

  /**
   * The same over an asynchronous client. Build it with {@code disableAutomaticRetries()} and {@code disableRedirectHandling()}: it shows
   * its configuration to nobody, so that its redirects can only be switched off here for requests that come with a configuration of their
   * own, in their context. What it repeats by itself is counted where the caller gives no context.
   *
   * <p>An attempt that is given up frees its connection at once if that was made for it. One from the pool, of which HttpClient loses track,
   * stays taken until the server has answered or the response timeout has passed, as with {@code delegate} alone: set one, or use {@link
   * #configure(HttpAsyncClientBuilder, OssResilience)}, which frees both.
   */
  public static CloseableHttpAsyncClient wrap(CloseableHttpAsyncClient delegate, OssResilience oss) {
    return new OssHttpAsyncClient(Objects.requireNonNull(delegate, "delegate"), Objects.requireNonNull(oss, "oss"));
  }
}
