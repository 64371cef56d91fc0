package dev.ossresilience.error;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads an error response: the XML body, for HEAD the base64 document in {@code x-oss-err}, and the headers for what those lack.
 * Never throws, whatever the bytes: what can't be read is null. Refuses DTDs and entities. Thread-safe.
 */
public final class ErrorParser {
  /** No OSS error comes near it; bounds what a proxy's page may cost. In bytes. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  /** Bounds what one element may put into a log line. In characters. */
  private static final int MAX_VALUE_CHARS = 8 * 1024;

  private static final XmlFactory XML = hardened();

  private ErrorParser() {}

  /**
   * Describes a response whose status says failure.
   *
   * @param body the start of its body, empty for HEAD; only the first {@value #MAX_BODY_BYTES} bytes are looked at
   */
  public static OssError parse(ResponseHead response, byte[] body) {
    Map<String, String> elements = elements(body);
    if (!elements.containsKey("Code")) {
      elements = elements(decodeBase64(response.header("x-oss-err")));
    }
    String code = elements.remove("Code");
    String message = elements.remove("Message");
    String requestId = elements.remove("RequestId");
    String hostId = elements.remove("HostId");
    String ec = elements.remove("EC");
    return new OssError(
        response.status(),
        code,
        message,
        requestId != null ? requestId : response.header("x-oss-request-id"),
        hostId,
        ec != null ? ec : response.header("x-oss-ec"),
        elements);
  }

  /** Leaf elements by name, trimmed; the first of a name wins, and nesting is flattened ({@code <Detail>} groups elements). */
  private static Map<String, String> elements(byte[] body) {
    Map<String, String> elements = new LinkedHashMap<>();
    int length = Math.min(body.length, MAX_BODY_BYTES);
    if (length == 0 || !looksLikeXml(body, length)) {
      return elements;
    }
    try (JsonParser parser = XML.createParser(body, 0, length)) {
      Deque<String> names = new ArrayDeque<>();
      String name = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> names.push(name);
          case END_OBJECT -> names.poll();
          case FIELD_NAME -> name = parser.currentName();
          case VALUE_STRING -> put(elements, name.isEmpty() && !names.isEmpty() ? names.element() : name, parser.getText());
          default -> {}
        }
      }
    } catch (IOException | RuntimeException e) {
      // Not well-formed or cut short: what was read up to here still says what happened.
      return elements;
    }
    return elements;
  }

  private static void put(Map<String, String> elements, String name, String text) {
    String value = text.strip();
    if (!name.isEmpty() && !value.isEmpty()) {
      elements.putIfAbsent(name, value.length() > MAX_VALUE_CHARS ? value.substring(0, MAX_VALUE_CHARS) : value);
    }
  }

  private static boolean looksLikeXml(byte[] body, int length) {
    for (int i = 0; i < length; i++) {
      if (body[i] == '<') {
        return true;
      }
      boolean space = body[i] == ' ' || body[i] == '\n' || body[i] == '\r' || body[i] == '\t';
      boolean byteOrderMark = (body[i] & 0x80) != 0 && i < 3;
      if (!space && !byteOrderMark) {
        return false;
      }
    }
    return false;
  }

  private static byte[] decodeBase64(@Nullable String header) {
    if (header == null || header.length() > MAX_BODY_BYTES) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(header.trim());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static XmlFactory hardened() {
    WstxInputFactory input = new WstxInputFactory();
    input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    input.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    return XmlFactory.builder().xmlInputFactory(input).build();
  }
}
