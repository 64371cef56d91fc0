package dev.ossresilience.okhttp;

import java.net.ProtocolException;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * Stops OkHttp from following a redirect of a signed request, which would carry the security token to wherever a response says.
 *
 * <p>An interceptor can't switch redirects off for one call. But OkHttp asks its cookie jar before each request of a call, the
 * redirected one included, and before anything of it is sent: the one place where an interceptor can say no.
 */
final class RedirectGuard implements CookieJar {
  private final CookieJar jar;
  private @Nullable HttpUrl first;

  private RedirectGuard(CookieJar jar) {
    this.jar = jar;
  }

  /** A chain that doesn't follow redirects; the same chain if its client doesn't anyway. */
  static Interceptor.Chain guard(Interceptor.Chain chain) {
    return chain.getFollowRedirects() ? chain.withCookieJar(new RedirectGuard(chain.getCookieJar())) : chain;
  }

  @Override
  public List<Cookie> loadForRequest(HttpUrl url) {
    if (first == null) {
      first = url;
    } else if (!first.equals(url)) {
      throw sneaky(
          new ProtocolException(
              "a response redirected a signed request to host " + url.host()
                  + "; it was not followed, because that would send the signature there. Check the endpoint;"
                  + " to see the redirect itself, build the OkHttpClient with followRedirects(false)"));
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
