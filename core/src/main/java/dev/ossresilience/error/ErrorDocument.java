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
import java.util.zip.GZIPInputStream;

/**
 * The leaf elements of an error document, whatever its form: well-formed XML, XML that isn't quite, JSON, or any of them still
 * compressed. Of elements with the same name the first counts; grouping elements such as {@code <Detail>} are looked through.
 */
final class ErrorDocument {
  /** Bounds what one element may put into memory and into a log line. In characters. */
  private static final int MAX_VALUE_CHARS = 8 * 1024;

  /** More elements than any document of OSS has. */
  private static final int MAX_ELEMENTS = 50;

  /** What every error has, directly below its root; the same names deeper down are something else's. */
  private static final List<String> ENVELOPE = List.of("Code", "Message", "RequestId", "HostId", "EC");

  /** No element of OSS's has a longer name. In characters. */
  private static final int MAX_NAME_CHARS = 64;

  private final Map<String, String> elements = new LinkedHashMap<>();
  private boolean errorRoot;

  private ErrorDocument() {}

  /** A map that the caller may change; empty if there is nothing to read. */
  static Map<String, String> read(byte[] body) {
    byte[] bytes = plain(body);
    int start = firstInk(bytes);
    ErrorDocument document = new ErrorDocument();
    if (start < bytes.length && bytes[start] == '{') {
      JsonErrors.read(bytes, start, document);
    } else if (start < bytes.length) {
      document.readXml(bytes);
    }
    return document.elements;
  }

  static boolean hasErrorRoot(byte[] body) {
    byte[] bytes = plain(body);
    ErrorDocument document = new ErrorDocument();
    document.readXml(bytes);
    return document.errorRoot;
  }

  private void readXml(byte[] bytes) {
    boolean wellFormed = XmlErrors.read(bytes, this);
    if (!wellFormed && !elements.containsKey("Code")) {
      XmlScan.read(new String(bytes, StandardCharsets.UTF_8), this);
    }
  }

  void sawErrorRoot() {
    errorRoot = true;
  }

  /** Notes a leaf; {@code direct} is whether it is right below the root. */
  void put(String name, String text, boolean direct) {
    String value = text.strip();
    boolean wanted = !value.isEmpty() && (direct || !ENVELOPE.contains(name)) && name.length() <= MAX_NAME_CHARS;
    // The envelope is always kept, however many other elements came before it.
    if (wanted && (elements.size() < MAX_ELEMENTS || ENVELOPE.contains(name))) {
      elements.putIfAbsent(name, value.length() > MAX_VALUE_CHARS ? value.substring(0, MAX_VALUE_CHARS) : value);
    }
  }

  /** Gathers the text of a leaf, as much of it as is kept. */
  void append(StringBuilder text, char[] more, int offset, int length) {
    text.append(more, offset, Math.min(length, Math.max(0, MAX_VALUE_CHARS - text.length())));
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
