package dev.ossresilience.error;

import dev.ossresilience.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an error response: the XML or JSON body, for HEAD the base64 document in {@code x-oss-err}, and headers for what those lack.
 * Never throws, whatever the bytes; what can't be read is null. Thread-safe.
 */
public final class ErrorParser {
  /** No OSS error comes near it; bounds what a proxy's page may cost. In bytes. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  /** No code, id or address OSS sends is longer. In characters. */
  private static final int MAX_ID_CHARS = 256;

  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\x{2028}\\x{2029}]");

  private static final byte[] SAMPLE = "<?xml version=\"1.0\"?><Error><Code>X</Code></Error>".getBytes(StandardCharsets.US_ASCII);

  private final ErrorCatalogue catalogue;

  /** A parser that looks codes up in {@code catalogue}. */
  public ErrorParser(ErrorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A parser that looks codes up in the standard catalogue. */
  public static ErrorParser standard() {
    return Standard.PARSER;
  }

  /** Loads what the first error would otherwise have to wait for: reading XML for the first time costs a process about 100 ms. */
  public void warmUp() {
    ErrorDocument.read(SAMPLE);
    catalogue.lookUp(500, null, null);
  }

  /**
   * Describes a response that is no success.
   *
   * @param body the start of its body, empty for HEAD; only the first {@value #MAX_BODY_BYTES} bytes are looked at
   */
  public OssError parse(ResponseHead response, byte[] body) {
    Map<String, String> elements = ErrorDocument.read(body);
    if (!elements.containsKey("Code")) {
      Map<String, String> header = ErrorDocument.read(decodeBase64(response.header("x-oss-err")));
      elements = header.containsKey("Code") ? header : elements;
    }
    String code = oneLine(elements.remove("Code"));
    String message = elements.remove("Message");
    String requestId = oneLine(first(elements.remove("RequestId"), response.header("x-oss-request-id")));
    String hostId = oneLine(elements.remove("HostId"));
    String ec = oneLine(first(elements.remove("EC"), response.header("x-oss-ec")));
    String recommendDoc = oneLine(elements.remove("RecommendDoc"));
    CatalogueEntry known = catalogue.lookUp(response.status(), code, ec);
    return new OssError(response.status(), code, message, requestId, hostId, ec, recommendDoc, elements, known);
  }

  /** Whether a body is an XML document whose root is {@code <Error>}: the one way in which a 2xx response can be a failure. */
  public static boolean isErrorDocument(byte[] body) {
    return ErrorDocument.hasErrorRoot(body);
  }

  /** OSS's id of a request by the header of its answer, on one line and cut to length: a header may be anything. Null if there is none. */
  public static @Nullable String requestId(ResponseHead response) {
    return oneLine(response.header("x-oss-request-id"));
  }

  private static final class Standard {
    static final ErrorParser PARSER = new ErrorParser(ErrorCatalogue.standard());
  }

  private static @Nullable String first(@Nullable String preferred, @Nullable String otherwise) {
    return preferred != null ? preferred : otherwise;
  }

  /** Codes and ids end up in logs and reports: no line breaks, no novels. */
  private static @Nullable String oneLine(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String line = text.length() > MAX_ID_CHARS ? text.substring(0, MAX_ID_CHARS) : text;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        return CONTROL.matcher(line).replaceAll(" ");
      }
    }
    return line;
  }

  private static byte[] decodeBase64(@Nullable String header) {
    if (header == null || header.length() > MAX_BODY_BYTES) {
      return new byte[0];
    }
    try {
      return Base64.getMimeDecoder().decode(header.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
