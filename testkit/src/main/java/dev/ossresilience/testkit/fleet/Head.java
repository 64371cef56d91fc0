package dev.ossresilience.testkit.fleet;

import dev.ossresilience.http.RequestHead;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A call's request as the core sees it. */
record Head(String method, String host, String rawPath, @Nullable String rawQuery, long contentLength) implements RequestHead {
  static final String ENDPOINT = "oss-cn-hangzhou.aliyuncs.com";

  static Head of(Traffic traffic) {
    String key = traffic.key();
    String host = traffic.bucket() + "." + ENDPOINT;
    return key == null
        ? new Head(traffic.method(), host, "/", "list-type=2", traffic.upload())
        : new Head(traffic.method(), host, "/" + key, traffic.isAppend() ? "append&position=0" : null, traffic.upload());
  }

  @Override
  public String scheme() {
    return "https";
  }

  @Override
  public int port() {
    return 443;
  }

  @Override
  public @Nullable String header(String name) {
    return null;
  }

  @Override
  public void forEachHeader(BiConsumer<String, String> visitor) {}

  @Override
  public boolean isBodyRepeatable() {
    return true;
  }
}
