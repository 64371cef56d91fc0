package dev.ossresilience.okhttp;

import dev.ossresilience.exchange.Exchange;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often OkHttp sends what it was given once, and says no to a redirect of a signed request, which would carry the security token
 * to wherever a response says. For one attempt.
 */
final class Sends {
  private final HttpUrl attempt;
  private final Exchange exchange;
  private volatile @Nullable HttpUrl first;
  private volatile int sends;

  /** @param exchange knows whether nothing secret travels with the attempt, also nothing that is added further down */
  Sends(HttpUrl attempt, Exchange exchange) {
    this.attempt = attempt;
    this.exchange = exchange;
  }

  /** A request is about to be sent; one after the other. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by whichever thread makes the call
  void sending(HttpUrl url) throws RedirectRefusedException {
    if (first == null) {
      first = url; // not always the attempt's own: something below us may have changed it
    }
    if (url.equals(first)) {
      sends++;
    } else if (!exchange.mayFollowRedirects()) {
      throw new RedirectRefusedException(url);
    }
  }

  /** Refuses a response that was redirected to the same URL, which looks like a retry: perhaps with another method, and without the body. */
  Response unlessRedirected(Response response) throws RedirectRefusedException {
    for (Response prior = response.priorResponse(); prior != null; prior = prior.priorResponse()) {
      if (prior.isRedirect() && !exchange.mayFollowRedirects()) {
        response.close();
        throw new RedirectRefusedException(attempt);
      }
    }
    return response;
  }

  /** How often OkHttp sent the attempt again by itself. */
  int repeats() {
    return Math.max(0, sends - 1);
  }
}
