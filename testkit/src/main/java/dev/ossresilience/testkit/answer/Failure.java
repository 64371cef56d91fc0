package dev.ossresilience.testkit.answer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error that OSS answers with.
 *
 * @param ec the detailed error code, empty where none is known
 * @param elements what the XML says besides the elements that all errors have, in order
 * @param closes whether OSS closes the connection after it
 */
public record Failure(
    int status, String code, String message, String ec, Map<String, String> elements, Map<String, String> headers, boolean closes)
    implements Outcome {
  public Failure {
    elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** The error as {@link KnownErrors} lists it. */
  public static Failure of(String code) {
    return KnownErrors.failure(code);
  }

  public Failure status(int newStatus) {
    return new Failure(newStatus, code, message, ec, elements, headers, closes);
  }

  public Failure message(String newMessage, String newEc) {
    return new Failure(status, code, newMessage, newEc, elements, headers, closes);
  }

  public Failure element(String name, String value) {
    return new Failure(status, code, message, ec, plus(elements, name, value), headers, closes);
  }

  public Failure header(String name, String value) {
    return new Failure(status, code, message, ec, elements, plus(headers, name, value), closes);
  }

  public Failure closing() {
    return new Failure(status, code, message, ec, elements, headers, true);
  }

  private static Map<String, String> plus(Map<String, String> map, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(map);
    changed.put(name, value);
    return changed;
  }
}
