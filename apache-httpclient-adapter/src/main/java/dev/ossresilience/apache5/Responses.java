package dev.ossresilience.apache5;

import java.io.IOException;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
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
    describe(copy, entity, body);
    copy.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType()), entity.getContentEncoding()));
    return copy;
  }

  /** A success of our own making. It has a body, perhaps of no bytes, since callers read that without asking, except after 204. */
  static ClassicHttpResponse success(int status, Map<String, String> headers, byte[] body) {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(status, status == 200 ? "OK" : status == 202 ? "Accepted" : "No Content");
    response.setVersion(HttpVersion.HTTP_1_1);
    headers.forEach(response::setHeader);
    if (status != HttpStatus.SC_NO_CONTENT) {
      response.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
      response.setEntity(new ByteArrayEntity(body, ContentType.parseLenient(headers.get("Content-Type"))));
    }
    return response;
  }

  /** The same of an asynchronous client's. */
  static Reply detached(Reply reply, byte[] body) {
    HttpResponse response = reply.head();
    BasicHttpResponse copy = new BasicHttpResponse(response.getCode(), response.getReasonPhrase());
    copy.setVersion(response.getVersion());
    copy.setHeaders(response.getHeaders());
    EntityDetails entity = reply.entity();
    if (entity == null) {
      return Reply.of(copy, null, body);
    }
    describe(copy, entity, body);
    return Reply.of(copy, new ByteArrayEntity(body, ContentType.parseLenient(entity.getContentType()), entity.getContentEncoding()), body);
  }

  private static void describe(HttpResponse copy, EntityDetails entity, byte[] body) {
    copy.removeHeaders(HttpHeaders.TRANSFER_ENCODING);
    copy.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    if (entity.getContentEncoding() == null) {
      copy.removeHeaders(HttpHeaders.CONTENT_ENCODING); // HttpClient has decoded the body and left the header
    }
  }

  /** A success of our own making, for an asynchronous client. */
  static Reply reply(int status, Map<String, String> headers, byte[] body) {
    ClassicHttpResponse response = success(status, headers, body);
    return Reply.of(response, response.getEntity(), body);
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
