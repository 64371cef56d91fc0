package dev.ossresilience.okhttp;

import dev.ossresilience.OssCallOptions;
import dev.ossresilience.http.RequestHead;
import java.io.IOException;
import java.util.function.BiConsumer;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** An OkHttp request as the core sees it. OkHttp takes the content type from the body, whatever the header says. */
final class RequestView implements RequestHead {
  private final Request request;

  RequestView(Request request) {
    this.request = request;
  }

  /** What the caller wants to be different for this request. */
  static OssCallOptions options(Request request) {
    OssCallOptions options = request.tag(OssCallOptions.class);
    return options == null ? OssCallOptions.none() : options;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String scheme() {
    return request.url().scheme();
  }

  @Override
  public String host() {
    return request.url().host();
  }

  @Override
  public int port() {
    return request.url().port();
  }

  @Override
  public String rawPath() {
    String url = request.url().toString();
    int start = url.indexOf('/', request.url().scheme().length() + "://".length());
    return url.substring(start, endOfPath(url, start)); // HttpUrl.encodedPath does the same, ten times as slow
  }

  private static int endOfPath(String url, int start) {
    int query = url.indexOf('?', start);
    int fragment = url.indexOf('#', start);
    int end = fragment < 0 ? url.length() : fragment;
    return query < 0 ? end : Math.min(query, end);
  }

  @Override
  public @Nullable String rawQuery() {
    return request.url().encodedQuery();
  }

  @Override
  public @Nullable String header(String name) {
    String derived = name.equalsIgnoreCase("content-type") ? bodyType() : null;
    return derived != null ? derived : request.header(name);
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> visitor) {
    String derived = bodyType();
    if (derived != null) {
      visitor.accept("content-type", derived);
    }
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      if (derived == null || !headers.name(i).equalsIgnoreCase("content-type")) {
        visitor.accept(headers.name(i), headers.value(i));
      }
    }
  }

  @Override
  public long contentLength() {
    RequestBody body = request.body();
    try {
      return body == null ? 0 : body.contentLength();
    } catch (IOException e) {
      return -1; // sending it will say why
    }
  }

  @Override
  public boolean isBodyRepeatable() {
    RequestBody body = request.body();
    return body == null || !(body.isOneShot() || body.isDuplex());
  }

  private @Nullable String bodyType() {
    RequestBody body = request.body();
    MediaType type = body == null ? null : body.contentType();
    return type == null ? null : type.toString();
  }
}
