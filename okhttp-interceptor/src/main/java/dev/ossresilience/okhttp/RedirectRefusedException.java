package dev.ossresilience.okhttp;

import java.net.ProtocolException;
import okhttp3.HttpUrl;

/** A response wanted a signed request to go elsewhere. */
final class RedirectRefusedException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  RedirectRefusedException(HttpUrl to) {
    super(
        "a response redirected a signed request to host " + to.host()
            + "; it was not followed, because that would send the signature there. Check the endpoint;"
            + " to see the redirect itself, build the OkHttpClient with followRedirects(false)");
  }
}
