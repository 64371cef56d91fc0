package dev.ossresilience.okhttp;

import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/**
 * Sees each time OkHttp is about to send what it was given once. OkHttp asks its cookie jar before every request of a call, those included
 * that it repeats on another connection or redirects by itself, and before anything of it is sent: the one place where an application
 * interceptor can see them.
 */
record SendWatch(CookieJar jar, Sends sends) implements CookieJar {
  @Override
  public List<Cookie> loadForRequest(HttpUrl url) {
    try {
      sends.sending(url);
    } catch (RedirectRefusedException e) {
      throw sneaky(e);
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
