package dev.ossresilience.testkit.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, as far as one must know it to read the body.
 *
 * @param headers by lower-case name; the first value where a name came twice
 * @param contentLength 0 if there is none
 * @param wrong what the server library would stumble over, null if nothing; the other components are then as far as they were read
 */
record Head(
    String method, String target, SortedMap<String, String> headers, long contentLength, boolean chunked, @Nullable String wrong) {
  /** A body is kept in one array. */
  private static final long MAX_BODY = Integer.MAX_VALUE - 8L;

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
      String value = lines[i].substring(colon + 1).trim();
      if (name.isEmpty() || name.indexOf(' ') >= 0 || lines[i].indexOf('\n') >= 0) {
        wrong = "a header without a name, or with a space in it";
      }
      String earlier = headers.putIfAbsent(name, value);
      if (earlier != null && name.equals("content-length") && !earlier.equals(value)) {
        wrong = "two lengths";
      }
    }
    String length = headers.getOrDefault("content-length", "0");
    boolean chunked = headers.containsKey("transfer-encoding");
    wrong = wrong != null ? wrong : wrongLine(words) != null ? wrongLine(words) : wrongFraming(headers, length);
    long contentLength = !chunked && DIGITS.matcher(length).matches() ? Long.parseLong(length) : 0;
    return new Head(words[0], words.length > 1 ? words[1] : "", headers, contentLength, chunked, wrong);
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

  private static @Nullable String wrongLine(String[] words) {
    if (words.length != 3 || !METHOD.matcher(words[0]).matches() || !words[2].startsWith("HTTP/1.")) {
      return "a request line that is not METHOD TARGET HTTP/1.1";
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
