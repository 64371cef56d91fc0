package dev.ossresilience.testkit.operation;

import dev.ossresilience.http.PercentEncoding;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an application is told by a callback.
 *
 * @param template with {@code ${object}} and the like in it
 * @param type its media type, which decides how values are written
 */
record CallbackBody(String template, String type) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");

  /** Written without quotes in JSON. */
  private static final Set<String> NUMBERS = Set.of("size");

  /** The template with its variables replaced, by nothing if there is no such value. */
  String filled(Map<String, String> values) {
    Matcher matcher = VARIABLE.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(filled, Matcher.quoteReplacement(written(matcher.group(1), values.getOrDefault(matcher.group(1), ""))));
    }
    return matcher.appendTail(filled).toString();
  }

  private String written(String name, String value) {
    if (!type.endsWith("json")) {
      return PercentEncoding.encode(value, false);
    }
    boolean bare = NUMBERS.contains(name) && !value.isEmpty();
    return bare ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
