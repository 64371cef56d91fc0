package dev.ossresilience.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, decoded, in the order of the URL. {@code ?append} and {@code ?append=} are the same parameter with an
 * empty value, as OSS treats them.
 */
public record Query(List<Parameter> parameters) {
  /** A decoded name and value; the value is empty where the URL has none. */
  public record Parameter(String name, String value) {
    /** The name only: some values are secret. */
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Query NONE = new Query(List.of());

  public Query {
    parameters = List.copyOf(parameters);
  }

  /** Reads a percent-encoded query; null and the empty text have no parameters. */
  public static Query parse(@Nullable String rawQuery) {
    if (rawQuery == null) {
      return NONE;
    }
    List<Parameter> parameters = new ArrayList<>();
    int start = 0;
    while (start < rawQuery.length()) {
      int end = rawQuery.indexOf('&', start);
      if (end < 0) {
        end = rawQuery.length();
      }
      int equals = rawQuery.indexOf('=', start);
      if (equals < 0 || equals > end) {
        equals = end;
      }
      if (end > start) {
        String value = equals < end ? rawQuery.substring(equals + 1, end) : "";
        parameters.add(new Parameter(PercentEncoding.decode(rawQuery.substring(start, equals)), PercentEncoding.decode(value)));
      }
      start = end + 1;
    }
    return new Query(parameters);
  }

  /** The query as it stands in a URL, percent-encoded, without a question mark; a parameter without a value has no equals sign. */
  public String encoded() {
    StringBuilder out = new StringBuilder();
    for (Parameter parameter : parameters) {
      out.append(out.isEmpty() ? "" : "&").append(PercentEncoding.encode(parameter.name(), false));
      out.append(parameter.value().isEmpty() ? "" : "=" + PercentEncoding.encode(parameter.value(), false));
    }
    return out.toString();
  }

  /** The value of the first parameter of that name, or null if there is none. */
  public @Nullable String first(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return parameter.value();
      }
    }
    return null;
  }

  /** The names only: values of presigned URLs are secret. */
  @Override
  public String toString() {
    return "Query" + parameters.stream().map(Parameter::name).toList();
  }

  /** Whether a parameter of that name is present, with or without a value. */
  public boolean has(String name) {
    return first(name) != null;
  }

  /** Whether there is exactly one parameter of that name, so that no two readers can disagree on its value. */
  public boolean hasOne(String name) {
    int found = 0;
    for (Parameter parameter : parameters) {
      found += parameter.name().equals(name) ? 1 : 0;
    }
    return found == 1;
  }

  /** This query with every parameter of that name replaced by one with {@code value}, at the first one's place or at the end. */
  public Query with(String name, String value) {
    List<Parameter> changed = new ArrayList<>();
    boolean placed = false;
    for (Parameter parameter : parameters) {
      if (!parameter.name().equals(name)) {
        changed.add(parameter);
      } else if (!placed) {
        changed.add(new Parameter(name, value));
        placed = true;
      }
    }
    if (!placed) {
      changed.add(new Parameter(name, value));
    }
    return new Query(changed);
  }
}
