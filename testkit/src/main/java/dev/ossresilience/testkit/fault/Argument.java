package dev.ossresilience.testkit.fault;

import dev.ossresilience.testkit.time.HttpDates;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import okio.ByteString;

/**
 * One argument in the notation of faults.
 *
 * @param label how the menu calls it
 * @param expected what it must be, in words
 * @param example one that works
 * @param rest whether it takes the rest of the line, spaces included
 */
record Argument<T>(String label, String expected, String example, boolean rest, Function<String, T> reader) {
  /** Marks bytes that can't be written as text, or would not come back the same. */
  private static final String HEX = "hex:";

  static final Argument<Integer> STATUS =
      new Argument<>("STATUS", "an HTTP status from 200 to 599", "503", false, text -> number(text, 200, 599));

  static final Argument<String> CODE =
      new Argument<>("CODE", "an error code of OSS: letters, digits, dots and dashes, a letter first", "InternalError", false,
          text -> matching(text, "[A-Za-z][\\w.-]*"));

  static final Argument<Duration> DURATION =
      new Argument<>("DURATION", "a duration in ISO 8601, such as PT20M or -PT1H", "PT20S", false, Duration::parse);

  static final Argument<byte[]> TEXT =
      new Argument<>("TEXT", "some text, or " + HEX + " and pairs of hexadecimal digits", "some text", true, Argument::bytes);

  static final Argument<String> URL =
      new Argument<>("URL", "a URL without spaces", "http://elsewhere.example/", false, text -> matching(text, "\\S+"));

  static final Argument<String> HOST =
      new Argument<>("HOST", "a host name", "oss-cn-beijing.aliyuncs.com", false, text -> matching(text, "[\\w.:-]+"));

  static final Argument<Long> MILLIS =
      new Argument<>("MILLIS", "a number of milliseconds", "250", false, text -> Long.valueOf(matching(text, "\\d{1,18}")));

  static final Argument<Instant> TIME =
      new Argument<>("TIME", "a moment such as 1970-01-01T00:00:00Z or Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z", true,
          Argument::time);

  static final Argument<String> VALUE =
      new Argument<>("VALUE", "what the header says, in printable ASCII", "120", true, text -> matching(text, "[ -~]+"));

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException saying what it must be, if it isn't
   */
  T read(String text) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(label + " must be " + expected + ", not \"" + text + "\"", e);
    }
  }

  /** Writes bytes so that {@link #TEXT} reads the same ones. */
  static String text(byte[] bytes) {
    ByteString given = ByteString.of(bytes);
    String text = given.utf8();
    boolean plain = text.matches("[!-~]([ -~]*[!-~])?") && !text.startsWith(HEX);
    return plain ? text : HEX + given.hex();
  }

  private static byte[] bytes(String text) {
    ByteString bytes = text.startsWith(HEX) ? ByteString.decodeHex(text.substring(HEX.length())) : ByteString.encodeUtf8(text);
    return bytes.toByteArray();
  }

  private static Instant time(String text) {
    Instant date = HttpDates.parse(text);
    return date == null ? Instant.parse(text) : date;
  }

  private static int number(String text, int least, int most) {
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static String matching(String text, String pattern) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
