package dev.ossresilience.benchmarks.overhead;

import dev.ossresilience.http.RequestHead;
import dev.ossresilience.http.ResponseHead;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Requests and responses of no client's. */
final class Heads {
  private Heads() {}

  /** GET of an object. */
  static final class Get implements RequestHead {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String scheme() {
      return "https";
    }

    @Override
    public String host() {
      return Oss.HOST;
    }

    @Override
    public int port() {
      return 443;
    }

    @Override
    public String rawPath() {
      return "/" + Oss.KEY;
    }

    @Override
    public @Nullable String rawQuery() {
      return null;
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> visitor) {}

    @Override
    public long contentLength() {
      return 0;
    }

    @Override
    public boolean isBodyRepeatable() {
      return true;
    }
  }

  /** An answer of OSS. */
  record Answer(int status) implements ResponseHead {
    @Override
    public @Nullable String header(String name) {
      return name.equals("x-oss-request-id") ? Oss.REQUEST_ID : name.equals("Content-Length") ? "5" : null;
    }
  }
}
