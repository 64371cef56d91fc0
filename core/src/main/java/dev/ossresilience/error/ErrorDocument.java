package dev.ossresilience.error;

import static dev.ossresilience.error.ErrorParser.MAX_BODY_BYTES;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The leaf elements of an error document, whatever its form: well-formed XML, XML that isn't quite, JSON, or any of them still
 * compressed. Of elements with the same name the first counts; grouping elements such as {@code <Detail>} are looked through.
 */
final class ErrorDocument {
  /** Bounds what one element may put into memory and into a log line. In characters. */
  private static final int MAX_VALUE_CHARS = 8 * 1024;

  /** More elements than any document of OSS has. */
  private static final int MAX_ELEMENTS = 64;

  /** What every error has, directly below its root; the same names deeper down are something else's. */
  private static final List<String> ENVELOPE = List.of("Code", "Message", "RequestId", "HostId", "EC");

  /** {@code <Name>text</Name>} without anything nested: finds what a parser refuses to. The name is bounded, so is the search. */
  private static final Pattern LEAF = Pattern.compile("<([A-Za-z][\\w.:-]{0,63})>([^<]*)</\\1\\s*>");

  /** What only looks like an element: comments and literal text, which may hold a key that a stranger chose. */
  private static final Pattern NO_MARKUP = Pattern.compile("<!--.*?-->|<!\\[CDATA\\[.*?]]>", Pattern.DOTALL);

  private static final Pattern ANY_ROOT = Pattern.compile("<(?:[\\w.-]{1,64}:)?Error[\\s>]");

  private static final Pattern ROOT = Pattern.compile("\\A\\W{0,3}\\s*(?:<\\?[^>]*>\\s*|<!--.*?-->\\s*)*<([\\w.:-]+)", Pattern.DOTALL);

  private final Map<String, String> elements = new LinkedHashMap<>();

  private ErrorDocument() {}

  /** A map that the caller may change; empty if there is nothing to read. */
  static Map<String, String> read(byte[] body) {
    byte[] bytes = plain(body);
    ErrorDocument document = new ErrorDocument();
    int start = firstInk(bytes);
    if (start < bytes.length && bytes[start] == '{') {
      JsonErrors.read(bytes, start, document);
    } else if (start < bytes.length) {
      boolean wellFormed = XmlErrors.read(bytes, document);
      if (!wellFormed && !document.elements.containsKey("Code")) {
        document.scan(NO_MARKUP.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll(""));
      }
    }
    return document.elements;
  }

  static boolean hasErrorRoot(byte[] body) {
    byte[] bytes = plain(body);
    String text = new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.UTF_8);
    Matcher root = ROOT.matcher(text);
    return root.find() && root.group(1).matches("(?:[^:]*:)?Error");
  }

  /** Notes a leaf; {@code direct} is whether it is right below the root. */
  void put(String name, String text, boolean direct) {
    String value = text.strip();
    boolean wanted = !value.isEmpty() && (direct || !ENVELOPE.contains(name)) && elements.size() < MAX_ELEMENTS;
    if (wanted) {
      elements.putIfAbsent(name, value.length() > MAX_VALUE_CHARS ? value.substring(0, MAX_VALUE_CHARS) : value);
    }
  }

  /** Gathers the text of a leaf, as much of it as is kept. */
  void append(StringBuilder text, char[] more, int offset, int length) {
    text.append(more, offset, Math.min(length, Math.max(0, MAX_VALUE_CHARS - text.length())));
  }

  /** Looks for leaves in what no parser would read, from where an error document seems to begin. */
  private void scan(String text) {
    Matcher root = ANY_ROOT.matcher(text);
    if (!root.find()) {
      return;
    }
    Matcher leaf = LEAF.matcher(text).region(root.end(), text.length());
    while (leaf.find()) {
      put(leaf.group(1).substring(leaf.group(1).indexOf(':') + 1), leaf.group(2), true);
    }
  }

  /** The body without a compression that nobody undid, cut to the length that is looked at. */
  private static byte[] plain(byte[] body) {
    if (body.length > 2 && body[0] == 0x1f && (body[1] & 0xff) == 0x8b) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
        return readUntilBroken(in);
      } catch (IOException | UncheckedIOException e) {
        return new byte[0];
      }
    }
    return body.length > MAX_BODY_BYTES ? Arrays.copyOf(body, MAX_BODY_BYTES) : body;
  }

  /** As much as can be unpacked, for the body may be cut off. */
  private static byte[] readUntilBroken(GZIPInputStream in) {
    byte[] bytes = new byte[MAX_BODY_BYTES];
    int length = 0;
    try {
      for (int read = 0; read >= 0 && length < bytes.length; read = in.read(bytes, length, bytes.length - length)) {
        length += read;
      }
    } catch (IOException e) {
      return Arrays.copyOf(bytes, length);
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int firstInk(byte[] bytes) {
    int i = bytes.length >= 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf ? 3 : 0;
    while (i < bytes.length && bytes[i] <= ' ' && bytes[i] >= 0) {
      i++;
    }
    return i;
  }
}
