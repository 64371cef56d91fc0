package dev.ossresilience.apache5;

import dev.ossresilience.OssResilience;
import java.util.Objects;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** Gives clients of Apache HttpClient 5 the care of {@link OssResilience}. */
public final class OssHttpClients {
  private OssHttpClients() {}

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
}
