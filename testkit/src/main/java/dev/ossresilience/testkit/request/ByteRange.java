package dev.ossresilience.testkit.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of an object that a GET asks for.
 *
 * @param from the first byte
 * @param to the byte after the last one
 */
public record ByteRange(int from, int to) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** What a Range header comes to. */
  public enum Kind {
    /** No such header, or one OSS doesn't heed: the whole object. */
    WHOLE,
    PART,
    UNSATISFIABLE
  }

  /** The kind, and the range if there is a part to send. */
  public record Reading(Kind kind, ByteRange range) {}

  /**
   * Reads a header.
   *
   * @param standard whether {@code x-oss-range-behavior: standard} was sent; without it OSS ignores a range that reaches past the end
   */
  public static Reading read(@Nullable String header, boolean standard, int length) {
    ByteRange whole = new ByteRange(0, length);
    Matcher matcher = header == null ? null : SINGLE.matcher(header.trim());
    if (matcher == null || !matcher.matches()) {
      return new Reading(Kind.WHOLE, whole);
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty() && last.isEmpty()) {
      return new Reading(Kind.WHOLE, whole);
    }
    long from = first.isEmpty() ? length - Long.parseLong(last) : Long.parseLong(first);
    long to = first.isEmpty() || last.isEmpty() ? length : Long.parseLong(last) + 1;
    if (to <= from && from < length) {
      return new Reading(Kind.WHOLE, whole); // first after last: no range at all
    }
    if (!standard && (from < 0 || from >= length || to > length)) {
      return new Reading(Kind.WHOLE, whole);
    }
    if (from >= length) {
      return new Reading(Kind.UNSATISFIABLE, whole);
    }
    return new Reading(Kind.PART, new ByteRange((int) Math.max(from, 0), (int) Math.min(to, length)));
  }

  public String contentRange(int length) {
    return "bytes " + from + "-" + (to - 1) + "/" + length;
  }
}
