package dev.ossresilience.okhttp;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp parses the Retry-After of a 503 or 408 as an int, and lets the exception out if it is longer. */
final class RetryAfter {
  private RetryAfter() {}

  /** Proceeds; a number that OkHttp can't read is a failure as any other, and not the end of the thread. */
  static Response readable(Interceptor.Chain chain, Request request) throws IOException {
    try {
      return chain.proceed(request);
    } catch (NumberFormatException e) {
      throw new IOException("OkHttp could not read the response's Retry-After header", e);
    }
  }
}
