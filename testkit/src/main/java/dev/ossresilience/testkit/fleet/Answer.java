package dev.ossresilience.testkit.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * What the server says.
 *
 * @param delayMillis by how much it was slowed down, 0 if it wasn't
 * @param end of the object that can be appended to; -1 if it isn't about one
 */
record Answer(int status, String code, byte[] body, long delayMillis, long end) implements ResponseHead {
  /** Of every body that is appended. */
  static final long CRC = 42;

  static final Answer SUCCESS = appended(-1);
  static final Answer UNAVAILABLE = error("ServiceUnavailable");
  static final Answer NO_SUCH_KEY = error(404, "NoSuchKey", -1);

  private static final String REQUEST_ID = "6968D5C05E6F70A1B2C3D4AF";

  static Answer appended(long end) {
    return new Answer(200, "", new byte[0], 0, end);
  }

  static Answer conflict(long end) {
    return error(409, "PositionNotEqualToLength", end);
  }

  static Answer error(String code) {
    return error(code.equals("QpsLimitExceeded") ? 429 : 503, code, -1);
  }

  private static Answer error(int status, String code, long end) {
    String document =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>" + code + "</Code>\n"
            + "  <Message>Please reduce your request rate.</Message>\n"
            + "  <RequestId>" + REQUEST_ID + "</RequestId>\n  <HostId>logs.oss-cn-hangzhou.aliyuncs.com</HostId>\n</Error>\n";
    return new Answer(status, code, document.getBytes(UTF_8), 0, end);
  }

  /** Whether a limit was exceeded. */
  boolean isThrottled() {
    return (status == 503 && !isUnavailable()) || status == 429;
  }

  /** Whether the queue was full, rather than a limit exceeded. */
  boolean isUnavailable() {
    return code.equals(UNAVAILABLE.code);
  }

  Answer slowedDown(long millis) {
    return new Answer(status, code, body, millis, end);
  }

  @Override
  public @Nullable String header(String name) {
    if (name.equalsIgnoreCase("x-oss-request-id")) {
      return REQUEST_ID;
    }
    if (end >= 0 && name.equalsIgnoreCase("x-oss-next-append-position")) {
      return Long.toString(end);
    }
    if (end >= 0 && name.equalsIgnoreCase("x-oss-object-type")) {
      return "Appendable";
    }
    if (end >= 0 && isSuccessful() && name.equalsIgnoreCase("x-oss-hash-crc64ecma")) {
      return Long.toString(CRC);
    }
    return delayMillis > 0 && name.equalsIgnoreCase("x-oss-qos-delay-time") ? Long.toString(delayMillis) : null;
  }

  @Override
  public String toString() {
    return status + " " + code;
  }
}
