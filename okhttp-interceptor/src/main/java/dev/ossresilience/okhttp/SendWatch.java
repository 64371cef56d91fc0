package dev.ossresilience.okhttp;

import java.io.IOException;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sees each time OkHttp is about to send what it was given once. OkHttp asks its cookie jar before every request of a call, those included
 * that it repeats on another connection or redirects by itself, and before anything of it is sent: the one place where an interceptor can
 * count them, and say no to a redirect of a signed request, which would carry the security token to wherever a response says.
 */
final class SendWatch implements CookieJar {
  private final CookieJar jar;
  private final Request attempt;
  private final boolean mayRedirect;
  private @Nullable HttpUrl first;
  private int sends;

  private SendWatch(CookieJar jar, Request attempt, boolean mayRedirect) {
    this.jar = jar;
    this.attempt = attempt;
    this.mayRedirect = mayRedirect;
  }

  /** @param mayRedirect whether nothing secret travels with the attempt, also nothing that is added further down */
  static SendWatch over(Interceptor.Chain chain, Request attempt, boolean mayRedirect) {
    return new SendWatch(chain.getCookieJar(), attempt, mayRedirect);
  }

  /** Sends the attempt through {@code chain}, and follows a redirect only if it may. */
  Response proceed(Interceptor.Chain chain) throws IOException {
    Response response = chain.withCookieJar(this).proceed(attempt);
    for (Response prior = response.priorResponse(); !mayRedirect && prior != null; prior = prior.priorResponse()) {
      if (prior.isRedirect()) { // to the same URL, which the jar can't tell from a retry: perhaps with another method, and without the body
        response.close();
        throw new RedirectRefusedException(attempt.url());
      }
    }
    return response;
  }

  /** How often OkHttp sent the attempt again by itself. */
  int repeats() {
    return Math.max(0, sends - 1);
  }

  @Override
  public List<Cookie> loadForRequest(HttpUrl url) {
    if (first == null) {
      first = url; // not always the attempt's own: something below us may have changed it
    }
    if (url.equals(first)) {
      sends++;
    } else if (!mayRedirect) {
      throw sneaky(new RedirectRefusedException(url));
    }
    return jar.loadForRequest(url);
  }

  @Override
  public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
    jar.saveFromResponse(url, cookies);
  }

  /** OkHttp's own code around the jar expects and handles an IOException; only the jar's signature doesn't mention it. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
