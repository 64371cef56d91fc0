package dev.ossresilience.apache5;

import dev.ossresilience.http.RequestHead;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** A view of the caller's request, with the headers that HttpClient derives from the body. */
final class ApacheRequestHead implements RequestHead {
  private final HttpRequest request;
  private final @Nullable EntityDetails entity;
  private final boolean repeatable;
  private final HttpHost target;

  /** {@code target} is where the request goes to; the request itself may name another host, by which OSS knows the bucket. */
  ApacheRequestHead(HttpRequest request, @Nullable EntityDetails entity, boolean repeatable, HttpHost target) {
    this.request = request;
    this.entity = entity;
    this.repeatable = repeatable;
    this.target = target;
  }

  static ApacheRequestHead of(ClassicHttpRequest request, HttpHost target) {
    HttpEntity entity = request.getEntity();
    return new ApacheRequestHead(request, entity, entity == null || entity.isRepeatable(), target);
  }

  @Override
  public String method() {
    return request.getMethod().toUpperCase(Locale.ROOT);
  }

  @Override
  public String scheme() {
    return target.getSchemeName().toLowerCase(Locale.ROOT);
  }

  @Override
  public String host() {
    String name = request.getAuthority() != null ? request.getAuthority().getHostName() : target.getHostName();
    boolean bareIpv6 = name.indexOf(':') >= 0 && !name.startsWith("[");
    return bareIpv6 ? "[" + name + "]" : name.toLowerCase(Locale.ROOT);
  }

  @Override
  public int port() {
    return target.getPort() >= 0 ? target.getPort() : scheme().equals("https") ? 443 : 80;
  }

  @Override
  public String rawPath() {
    return RawTarget.path(request.getPath());
  }

  @Override
  public @Nullable String rawQuery() {
    return RawTarget.query(request.getPath());
  }

  @Override
  public @Nullable String header(String name) {
    Header header = request.getFirstHeader(name);
    return header != null ? header.getValue() : derived(name);
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> visitor) {
    for (Header header : request.getHeaders()) {
      visitor.accept(header.getName(), header.getValue() == null ? "" : header.getValue());
    }
    for (String name : new String[] {HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_ENCODING}) {
      String value = request.containsHeader(name) ? null : derived(name);
      if (value != null) {
        visitor.accept(name, value);
      }
    }
  }

  @Override
  public long contentLength() {
    return entity == null ? 0 : Math.max(-1, entity.getContentLength());
  }

  @Override
  public boolean isBodyRepeatable() {
    return repeatable;
  }

  private @Nullable String derived(String name) {
    if (entity == null) {
      return null;
    }
    return name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
        ? entity.getContentType()
        : name.equalsIgnoreCase(HttpHeaders.CONTENT_ENCODING) ? entity.getContentEncoding() : null;
  }
}
