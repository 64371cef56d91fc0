package dev.ossresilience.testkit.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, as far as one must know it to read the body.
 *
 * @param headers by lower-case name; values joined by a comma where a name came twice
 * @param contentLength 0 if there is none
 * @param last whether the client wants no further answer on this connection, or can't know how to get one
 * @param wrong what the server library would stumble over, null if nothing; the other components are then as far as they were read
 */
record Head(
    String method,
    String target,
    SortedMap<String, String> headers,
    long contentLength,
    boolean chunked,
    boolean last,
    @Nullable String wrong) {
  /** A body is kept in one array. */
  private static final long MAX_BODY = Integer.MAX_VALUE - 8L;

  /** RFC 9110, 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** What has no place in a line: control characters, line breaks among them, but for tabs. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");

  /** Headers of one value: of two, a signature could cover the one and the request be carried out with the other. */
  private static final Set<String> SINGLE =
      Set.of("authorization", "content-length", "content-md5", "content-type", "date", "expect", "host", "range", "transfer-encoding");

  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
  private static final Pattern PLAIN_HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,4})?");

  static Head parse(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    SortedMap<String, String> headers = new TreeMap<>();
    String wrong = null;
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      int colon = lines[i].indexOf(':');
      String name = colon < 0 ? "" : lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      if (!TOKEN.matcher(name).matches() || CONTROL.matcher(lines[i]).find()) {
        wrong = "a header without a name, or with a character that has no place in it";
      } else if (headers.containsKey(name) && isSingle(name)) {
        wrong = "a second " + name;
      }
      headers.merge(name, lines[i].substring(colon + 1).trim(), (first, next) -> first + "," + next);
    }
    String length = headers.getOrDefault("content-length", "0");
    boolean chunked = headers.containsKey("transfer-encoding");
    String wrongLine = CONTROL.matcher(lines[0]).find() ? "a control character in the request line" : wrongLine(words, headers);
    wrong = wrong != null ? wrong : wrongLine != null ? wrongLine : wrongFraming(headers, length);
    long contentLength = !chunked && DIGITS.matcher(length).matches() ? Long.parseLong(length) : 0;
    return new Head(words[0], words.length > 1 ? words[1] : "", headers, contentLength, chunked, isLast(words, headers), wrong);
  }

  /** Whether this is a GET or HEAD with a body, which the server library can't digest. */
  boolean hasUnreadableBody() {
    return (method.equals("GET") || method.equals("HEAD")) && hasBody();
  }

  boolean hasBody() {
    return contentLength > 0 || chunked;
  }

  boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(headers.get("expect"));
  }

  /** Metadata may have several values; what else OSS calls its own is one thing. */
  private static boolean isSingle(String name) {
    return SINGLE.contains(name) || (name.startsWith("x-oss-") && !name.startsWith("x-oss-meta-"));
  }

  /** RFC 9112, 9.3: "close" ends it, and HTTP/1.0 does unless it says "keep-alive". */
  private static boolean isLast(String[] words, SortedMap<String, String> headers) {
    String options = "," + headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).replaceAll("\\s", "") + ",";
    boolean old = words.length == 3 && words[2].equals("HTTP/1.0");
    return options.contains(",close,") || (old && !options.contains(",keep-alive,"));
  }

  private static @Nullable String wrongLine(String[] words, SortedMap<String, String> headers) {
    if (words.length != 3 || !METHOD.matcher(words[0]).matches() || !words[2].startsWith("HTTP/1.")) {
      return "a request line that is not METHOD TARGET HTTP/1.1";
    }
    if (!words[2].equals("HTTP/1.0") && !headers.containsKey("host")) {
      return "no Host, which HTTP/1.1 demands";
    }
    // A client that takes the simulator for its proxy sends the whole URL.
    boolean usable = words[1].startsWith("/") || (words[0].equals("OPTIONS") && words[1].equals("*")) || HttpUrl.parse(words[1]) != null;
    return usable ? null : "a target that is neither a path nor a URL";
  }

  private static @Nullable String wrongFraming(SortedMap<String, String> headers, String length) {
    String encoding = headers.get("transfer-encoding");
    if (encoding != null && (!encoding.equalsIgnoreCase("chunked") || headers.containsKey("content-length"))) {
      return "a Transfer-Encoding other than chunked, or a Content-Length besides";
    }
    if (!DIGITS.matcher(length).matches() || Long.parseLong(length) > MAX_BODY) {
      return "a Content-Length that is no number up to " + MAX_BODY;
    }
    String host = headers.get("host");
    boolean usable = host == null || PLAIN_HOST.matcher(host).matches() || HttpUrl.parse("http://" + host + "/") != null;
    return usable ? null : "a Host that is none";
  }
}
