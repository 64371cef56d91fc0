package dev.ossresilience.testkit.request;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request wants to go, still percent-encoded.
 *
 * @param host as asked for, in lower case, without the port
 * @param bucket null for the service itself
 * @param key empty for the bucket itself
 * @param query null if there is none
 * @param secondLevel whether the bucket is in the path although the host is OSS's own, where it has to be in the host
 */
record Address(String host, @Nullable String bucket, String key, @Nullable String query, boolean secondLevel) {
  /** A target that names its host, as it is sent to a proxy. */
  private static final Pattern ABSOLUTE = Pattern.compile("https?://([^/?]*)(.*)", Pattern.CASE_INSENSITIVE);

  /** A region's public or internal host, and one that stands for it on this machine, where buckets can be subdomains too. */
  private static final Pattern VIRTUAL_HOSTED = Pattern.compile("([^.]+)\\.(?:oss-[a-z0-9-]+\\.aliyuncs\\.com|localhost)");

  private static final Pattern SERVICE = Pattern.compile("oss-[a-z0-9-]+\\.aliyuncs\\.com");

  /** Reads the target and the Host header; the host in the target wins, as RFC 9112 has it. */
  static Address of(String target, @Nullable String hostHeader) {
    Matcher absolute = ABSOLUTE.matcher(target);
    boolean named = absolute.matches();
    String host = withoutPort(named ? absolute.group(1) : hostHeader == null ? "" : hostHeader);
    String rest = named ? absolute.group(2) : target;
    int question = rest.indexOf('?');
    String query = question < 0 ? null : rest.substring(question + 1);
    String path = question < 0 ? rest : rest.substring(0, question);
    String resource = path.startsWith("/") ? path.substring(1) : path;
    Matcher virtual = VIRTUAL_HOSTED.matcher(host);
    if (virtual.matches()) {
      return new Address(host, virtual.group(1), resource, query, false);
    }
    int slash = resource.indexOf('/');
    String bucket = slash < 0 ? resource : resource.substring(0, slash);
    boolean secondLevel = !bucket.isEmpty() && SERVICE.matcher(host).matches();
    return new Address(host, bucket.isEmpty() ? null : bucket, slash < 0 ? "" : resource.substring(slash + 1), query, secondLevel);
  }

  private static String withoutPort(String authority) {
    return authority.trim().replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }
}
