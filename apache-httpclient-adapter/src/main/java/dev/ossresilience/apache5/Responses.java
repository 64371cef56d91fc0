package dev.ossresilience.apache5;

import java.io.IOException;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;

/** Responses that hold no connection, and how to let go of those that do. */
final class Responses {
  private Responses() {}

  /**
   * The head of a response with {@code body} instead of its own. An answer to HEAD has no body and keeps the length it announces;
   * otherwise the headers agree with the bytes given.
   */
  static ClassicHttpResponse detached(ClassicHttpResponse response, byte[] body) {
    BasicClassicHttpResponse copy = new BasicClassicHttpResponse(response.getCode(), response.getReasonPhrase());
    copy.setVersion(response.getVersion());
    copy.setHeaders(response.getHeaders());
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return copy;
    }
    copy.removeHeaders(HttpHeaders.TRANSFER_ENCODING);
    copy.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    if (entity.getContentEncoding() == null) {
      copy.removeHeaders(HttpHeaders.CONTENT_ENCODING); // HttpClient has decoded the body and left the header
    }
    copy.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType()), entity.getContentEncoding()));
    return copy;
  }

  /** Status 200, these headers, and a body of no bytes: there is one, since callers read the body of a success without asking. */
  static ClassicHttpResponse ok(Map<String, String> headers) {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(200, "OK");
    response.setVersion(HttpVersion.HTTP_1_1);
    headers.forEach(response::setHeader);
    response.setHeader(HttpHeaders.CONTENT_LENGTH, "0");
    response.setEntity(new ByteArrayEntity(new byte[0], null));
    return response;
  }

  /** Lets the connection go back to the pool if the body was read to its end, else drops it: reading the rest could take for ever. */
  static void abandon(ClassicHttpResponse response) {
    if (response instanceof ModalCloseable closeable) {
      closeable.close(CloseMode.IMMEDIATE);
      return;
    }
    try {
      response.close();
    } catch (IOException e) {
      // Nobody wanted the rest of it.
    }
  }
}
