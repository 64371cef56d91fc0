package dev.ossresilience.apache5;

import dev.ossresilience.http.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Path and query as HttpClient keeps them, in one percent-encoded text. Parts that are not changed keep their characters: to decode
 * and encode them again would turn {@code ?append} into {@code ?append=} and {@code %7E} into {@code ~}.
 */
final class RawTarget {
  private RawTarget() {}

  /** The part before the question mark, at least a slash. */
  static String path(@Nullable String target) {
    if (target == null) {
      return "/";
    }
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    return path.isEmpty() ? "/" : path;
  }

  /** The part after the question mark, null without one. */
  static @Nullable String query(@Nullable String target) {
    if (target == null) {
      return null;
    }
    int mark = target.indexOf('?');
    return mark < 0 ? null : target.substring(mark + 1);
  }

  /** {@code target} with every parameter of a decoded name replaced by one, at the first one's place or at the end. */
  static String withParameter(@Nullable String target, String name, String value) {
    String replacement = PercentEncoding.encode(name, false) + "=" + PercentEncoding.encode(value, false);
    List<String> kept = new ArrayList<>();
    boolean placed = false;
    String query = query(target);
    for (String parameter : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      if (!nameOf(parameter).equals(name)) {
        kept.add(parameter);
      } else if (!placed) {
        kept.add(replacement);
        placed = true;
      }
    }
    if (!placed) {
      kept.add(replacement);
    }
    return path(target) + "?" + String.join("&", kept);
  }

  private static String nameOf(String parameter) {
    int equals = parameter.indexOf('=');
    return PercentEncoding.decode(equals < 0 ? parameter : parameter.substring(0, equals));
  }
}
