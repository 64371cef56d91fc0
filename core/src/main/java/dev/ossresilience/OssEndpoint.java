package dev.ossresilience;

import dev.ossresilience.http.PercentEncoding;
import dev.ossresilience.http.RequestHead;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port that one OSS region answers on, and how requests to it name their bucket. Only requests to it are signed
 * or repeated; all others pass untouched. Immutable.
 */
public final class OssEndpoint {
  private enum Addressing {
    VIRTUAL_HOSTED,
    PATH,
    CNAME
  }

  /** The bucket and key a request is about; null where it is about the service or the bucket itself. The key is decoded. */
  public record Target(@Nullable String bucket, @Nullable String key) {}

  private final String scheme;
  private final String host;
  private final int port;
  private final Addressing addressing;
  private final @Nullable String cnameBucket;

  /** What follows a bucket's name. */
  private final String suffix;

  private OssEndpoint(String scheme, String host, int port, Addressing addressing, @Nullable String cnameBucket) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.addressing = addressing;
    this.cnameBucket = cnameBucket;
    this.suffix = "." + host;
  }

  /**
   * A region's endpoint, for example {@code https://oss-cn-hangzhou.aliyuncs.com}; buckets are named in the host
   * ({@code bucket.oss-cn-hangzhou.aliyuncs.com}), or in the path if the endpoint is an IP address or {@code localhost}.
   *
   * @throws IllegalArgumentException if {@code url} isn't an http or https URL of a host alone
   */
  public static OssEndpoint of(String url) {
    URI uri = parse(url);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    boolean noSubdomains = host.equals("localhost") || host.startsWith("[") || host.matches("[0-9.]+");
    return new OssEndpoint(scheme, host, port, noSubdomains ? Addressing.PATH : Addressing.VIRTUAL_HOSTED, null);
  }

  /** This endpoint with the bucket as the first segment of the path. */
  public OssEndpoint pathStyle() {
    return new OssEndpoint(scheme, host, port, Addressing.PATH, null);
  }

  /** This endpoint as a custom domain (CNAME) that stands for one bucket. */
  public OssEndpoint cname(String bucket) {
    return new OssEndpoint(scheme, host, port, Addressing.CNAME, Objects.requireNonNull(bucket, "bucket"));
  }

  /**
   * The URL of an object, percent-encoded, as this endpoint addresses it.
   *
   * @throws IllegalArgumentException if the key is empty or has a segment {@code .} or {@code ..}: HTTP clients resolve those before
   *     they send, and another object would be meant
   */
  public String urlOf(String bucket, String key) {
    if (key.isEmpty() || Arrays.stream(key.split("/", -1)).anyMatch(segment -> segment.equals(".") || segment.equals(".."))) {
      throw new IllegalArgumentException("key '" + key + "' can't be put into a URL: it must not be empty or have a segment '.' or '..'");
    }
    String authorityHost = addressing == Addressing.VIRTUAL_HOSTED ? bucket + "." + host : host;
    String path = (addressing == Addressing.PATH ? "/" + bucket : "") + "/" + PercentEncoding.encode(key, true);
    boolean usual = port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + authorityHost + (usual ? "" : ":" + port) + path;
  }

  /** The host that OSS answers on, without a bucket's name before it. */
  public String host() {
    return host;
  }

  /** What a request is about, or null if it doesn't go to this endpoint. */
  public @Nullable Target targetOf(RequestHead request) {
    if (request.port() != port || !request.scheme().equals(scheme)) {
      return null;
    }
    String rawPath = request.rawPath();
    String path = rawPath.isEmpty() ? "" : rawPath.substring(1);
    String requested = request.host();
    if (requested.equals(host)) {
      return switch (addressing) {
        case CNAME -> target(cnameBucket, path);
        case PATH -> pathTarget(path);
        case VIRTUAL_HOSTED -> path.isEmpty() ? new Target(null, null) : pathTarget(path);
      };
    }
    if (addressing == Addressing.VIRTUAL_HOSTED && requested.endsWith(suffix)) {
      return target(requested.substring(0, requested.length() - suffix.length()), path);
    }
    return null;
  }

  private static Target pathTarget(String path) {
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    return target(bucket.isEmpty() ? null : PercentEncoding.decode(bucket), slash < 0 ? "" : path.substring(slash + 1));
  }

  private static Target target(@Nullable String bucket, String rawKey) {
    return new Target(bucket, rawKey.isEmpty() ? null : PercentEncoding.decode(rawKey));
  }

  private static URI parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) { // whose message would repeat a password
      throw new IllegalArgumentException("endpoint '" + masked(url) + "' is not a URL: use one like https://oss-cn-hangzhou.aliyuncs.com");
    }
    boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (!web || uri.getHost() == null || !bare || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "endpoint '" + masked(url) + "' must be http:// or https:// and a host, with nothing after it: use one like https://oss-cn-hangzhou.aliyuncs.com");
    }
    return uri;
  }

  private static String masked(String url) {
    return url.replaceAll("//.*@", "//***@");
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
