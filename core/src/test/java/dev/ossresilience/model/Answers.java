package dev.ossresilience.model;

import dev.ossresilience.http.Query;
import dev.ossresilience.model.ModelObject.State;
import dev.ossresilience.model.ModelServer.Request;
import dev.ossresilience.model.ModelServer.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What OSS, or somebody in front of it, says. */
final class Answers {
  static final Map<String, String> FROM_OSS = Map.of("x-oss-request-id", "ID");

  private static final DateTimeFormatter OSS_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final byte[] NOTHING = new byte[0];

  private Answers() {}

  /** What a server says that handles the request. */
  static Response to(Request request, ModelServer server) {
    long off = signedAt(request) - server.trueTime().toEpochMilli();
    if (Math.abs(off) > 15 * 60_000) {
      request.of().cost += request.of().clockMoved ? Trouble.HARD : 1; // corrected once in a call
      request.of().clockMoved = true;
      return error(403, "RequestTimeTooSkewed", "<ServerTime>" + server.trueTime() + "</ServerTime>", FROM_OSS);
    }
    if (!server.token().equals(request.headers().get("x-oss-security-token"))) {
      request.of().cost += request.of().credentialsExpired ? Trouble.HARD : 1; // the same
      request.of().credentialsExpired = true;
      return error(403, "SecurityTokenExpired", "", FROM_OSS);
    }
    return switch (request.method()) {
      case "POST" -> append(server.object(), request);
      case "HEAD" -> describeFrom(server.object(), server.object().now());
      case "GET" -> range(server.object(), request);
      default -> throw new AssertionError(request.method());
    };
  }

  private static long signedAt(Request request) {
    String quick = request.headers().get("x-model-time");
    String date = request.headers().get("x-oss-date");
    return quick != null ? Long.parseLong(quick) : Instant.from(OSS_DATE.parse(String.valueOf(date))).toEpochMilli();
  }

  static Response append(ModelObject object, Request request) {
    if (!object.appendable) {
      return error(409, "ObjectNotAppendable", "", FROM_OSS);
    }
    if (positionOf(request) == object.length() && !object.fits(request.body().length)) {
      request.of().cost += Trouble.HARD; // refused for good: nobody waits for what may still be under way
      return error(400, "EntityTooLarge", "", FROM_OSS);
    }
    if (!object.append(request.of().id, positionOf(request), request.body())) {
      Map<String, String> headers = Map.of("x-oss-next-append-position", Long.toString(object.length()), "x-oss-request-id", "ID");
      return error(409, "PositionNotEqualToLength", "", headers);
    }
    return new Response(200, describe(object, object.now()), NOTHING);
  }

  static long positionOf(Request request) {
    String position = Query.parse(request.rawQuery()).first("position");
    return position == null ? -1 : Long.parseLong(position);
  }

  static Response range(ModelObject object, Request request) {
    String[] range = String.valueOf(request.headers().get("range")).replace("bytes=", "").split("-", 2);
    long length = object.length();
    long first = Long.parseLong(range[0]);
    long last = Math.min(Long.parseLong(range[1]), length - 1);
    if (first > last) {
      return error(416, "InvalidRange", "", FROM_OSS);
    }
    Map<String, String> headers = describe(object, object.now());
    headers.put("content-range", "bytes " + first + "-" + last + "/" + length);
    return new Response(206, headers, object.read(first, last));
  }

  static Response describeFrom(ModelObject object, State state) {
    return state.length() == 0 ? new Response(404, FROM_OSS, NOTHING) : new Response(200, describe(object, state), NOTHING);
  }

  private static Map<String, String> describe(ModelObject object, State state) {
    Map<String, String> headers = new HashMap<>(FROM_OSS);
    headers.put("x-oss-object-type", object.appendable ? "Appendable" : "Normal");
    headers.put("x-oss-hash-crc64ecma", Long.toUnsignedString(state.crc()));
    if (object.appendable) {
      headers.put("x-oss-next-append-position", Long.toString(state.length()));
    }
    return headers;
  }

  static Response withPosition(Response response, @Nullable String position) {
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.computeIfPresent("x-oss-next-append-position", (name, old) -> position);
    return new Response(response.status(), headers, response.body());
  }

  static Response page(int status) {
    return new Response(status, Map.of(), "<html>a page of somebody else</html>".getBytes(StandardCharsets.UTF_8));
  }

  static Response error(int status, String code) {
    return error(status, code, "", FROM_OSS);
  }

  static Response error(int status, String code, String more, Map<String, String> headers) {
    String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>" + code + "</Code>" + more + "</Error>";
    return new Response(status, headers, xml.getBytes(StandardCharsets.UTF_8));
  }
}
