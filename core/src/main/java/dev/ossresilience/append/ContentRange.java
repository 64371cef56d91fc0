package dev.ossresilience.append;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code Content-Range: bytes first-last/total}, all inclusive and in bytes. */
record ContentRange(long first, long last, long total) {
  /** At most 18 digits, so that no number overflows. */
  private static final Pattern SYNTAX = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /** Null if the header is missing, malformed or contradicts itself. */
  static @Nullable ContentRange parse(@Nullable String header) {
    Matcher matcher = SYNTAX.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      return null;
    }
    ContentRange range = new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
    return range.first <= range.last && range.last < range.total ? range : null;
  }
}
