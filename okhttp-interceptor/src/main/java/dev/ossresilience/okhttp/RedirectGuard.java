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
 * Stops OkHttp from following a redirect of a signed request, which would carry the security token to wherever a response says.
 *
 * <p>An interceptor can't switch redirects off for one call. But OkHttp asks its cookie jar before each request of a call, the
 * redirected one included, and before anything of it is sent: the one place where an interceptor can say no. A redirect to the very same
 * URL looks like a retry there; it leaks nothing, and is found and refused when it is over.
 */
final class RedirectGuard implements CookieJar {
  private final CookieJar jar;
  private @Nullable HttpUrl first;

  private RedirectGuard(CookieJar jar) {
    this.jar = jar;
  }

  /** Proceeds, and doesn't follow a redirect if the request is signed. */
  static Response proceed(Interceptor.Chain chain, Request attempt) throws IOException {
    if (attempt.header("Authorization") == null || !chain.getFollowRedirects()) {
      return chain.proceed(attempt);
    }
    Response response = chain.withCookieJar(new RedirectGuard(chain.getCookieJar())).proceed(attempt);
    for (Response prior = response.priorResponse(); prior != null; prior = prior.priorResponse()) {
      if (prior.isRedirect()) { // to the same URL, which the jar can't tell from a retry: perhaps with another method, and without the body
        response.close();
        throw new RedirectRefusedException(attempt.url());
      }
    }
    return response;
  }

  @Override
  public List<Cookie> loadForRequest(HttpUrl url) {
    if (first == null) {
      first = url;
    } else if (!first.equals(url)) {
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
