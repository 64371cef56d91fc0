package dev.ossresilience.operation;

import dev.ossresilience.http.Query;
import dev.ossresilience.http.RequestHead;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request must have to be a certain operation.
 *
 * @param header whether it is about a header, else about a query parameter
 * @param name empty for any query parameter at all
 * @param value null if any value will do
 * @param prefix whether {@code value} need only be the beginning
 */
public record Condition(boolean header, String name, @Nullable String value, boolean prefix) {
  private static final Pattern SYNTAX = Pattern.compile("([?+])([\\w-]*)(?:([=^])(.*))?");

  static Condition parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no condition");
    }
    return new Condition(matcher.group(1).equals("+"), matcher.group(2), matcher.group(4), "^".equals(matcher.group(3)));
  }

  boolean holds(RequestHead request, Query query) {
    if (name.isEmpty()) {
      return !query.parameters().isEmpty();
    }
    String actual = header ? request.header(name) : query.first(name);
    if (actual == null || value == null) {
      return actual != null;
    }
    return prefix ? actual.startsWith(value) : actual.toLowerCase(Locale.ROOT).equals(value);
  }

  /** As in the table. */
  @Override
  public String toString() {
    return (header ? "+" : "?") + name + (value == null ? "" : (prefix ? "^" : "=") + value);
  }
}
