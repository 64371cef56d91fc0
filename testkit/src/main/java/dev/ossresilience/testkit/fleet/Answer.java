package dev.ossresilience.testkit.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * What the server says.
 *
 * @param delayMillis by how much it was slowed down, 0 if it wasn't
 */
record Answer(int status, String code, byte[] body, long delayMillis) implements ResponseHead {
  static final Answer SUCCESS = new Answer(200, "", new byte[0], 0);
  static final Answer UNAVAILABLE = error("ServiceUnavailable");

  private static final String REQUEST_ID = "6968D5C05E6F70A1B2C3D4AF";

  static Answer error(String code) {
    String document =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>" + code + "</Code>\n"
            + "  <Message>Please reduce your request rate.</Message>\n"
            + "  <RequestId>" + REQUEST_ID + "</RequestId>\n  <HostId>logs.oss-cn-hangzhou.aliyuncs.com</HostId>\n</Error>\n";
    return new Answer(code.equals("QpsLimitExceeded") ? 429 : 503, code, document.getBytes(UTF_8), 0);
  }

  /** Whether the queue was full, rather than a limit exceeded. */
  boolean isUnavailable() {
    return code.equals(UNAVAILABLE.code);
  }

  Answer slowedDown(long millis) {
    return new Answer(status, code, body, millis);
  }

  @Override
  public @Nullable String header(String name) {
    if (name.equalsIgnoreCase("x-oss-request-id")) {
      return REQUEST_ID;
    }
    return delayMillis > 0 && name.equalsIgnoreCase("x-oss-qos-delay-time") ? Long.toString(delayMillis) : null;
  }

  @Override
  public String toString() {
    return status + " " + code;
  }
}
