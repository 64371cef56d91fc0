package dev.ossresilience.testkit.answer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import okio.ByteString;

/**
 * An HTTP response as data.
 *
 * @param closes whether the server closes the connection after it
 */
public record Answer(int status, Map<String, String> headers, ByteString body, boolean closes) implements Outcome {
  public Answer {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  public static Answer of(int status) {
    return new Answer(status, Map.of(), ByteString.EMPTY, false);
  }

  public Answer with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return new Answer(status, changed, body, closes);
  }

  public Answer withAll(Map<String, String> more) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.putAll(more);
    return new Answer(status, changed, body, closes);
  }

  public Answer withBody(ByteString newBody) {
    return new Answer(status, headers, newBody, closes);
  }

  public Answer closing() {
    return new Answer(status, headers, body, true);
  }
}
