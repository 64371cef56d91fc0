package dev.ossresilience.benchmarks.scorecard.peer;

import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP client that knows nothing of OSS, or has our middleware in it. */
interface Wire extends AutoCloseable {
  /** A request as a program hands it to the client. */
  record Message(String method, String url, Map<String, String> headers, @Nullable Body body) {}

  /** A response, read to its end; headers by lower-case name. */
  record Reply(int status, Map<String, String> headers, byte[] body) implements ResponseHead {
    @Override
    public @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Sends a request and reads the response.
   *
   * @throws IOException as the client throws it
   */
  Reply send(Message message) throws IOException;

  @Override
  void close();
}
