package dev.ossresilience.model;

import dev.ossresilience.http.Query;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.model.ModelObject.State;
import dev.ossresilience.model.Plan.Happening;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One object behind a network that misbehaves as planned, in virtual time. */
final class ModelServer implements TimeSource, Waiter {
  record Request(Sending of, String method, String rawQuery, Map<String, String> headers, byte[] body) {}

  record Response(int status, Map<String, String> headers, byte[] body, boolean broken) implements ResponseHead {
    Response(int status, Map<String, String> headers, byte[] body) {
      this(status, headers, body, false);
    }

    @Override
    public String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  private static final DateTimeFormatter OSS_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Map<String, String> FROM_OSS = Map.of("x-oss-request-id", "ID");
  private static final Instant EPOCH = Instant.parse("2026-01-15T12:00:00Z");
  private static final byte[] NOTHING = new byte[0];

  /** All objects there have been, the current one last. */
  final List<ModelObject> objects = new ArrayList<>();

  private final Plan plan;
  private final @Nullable StringBuilder trace;
  private final List<Request> underWay = new ArrayList<>();
  private int requests;
  private long nanos;
  private long offsetMillis;
  private int token;
  private Happening now = Happening.CALM;

  ModelServer(Plan plan, @Nullable StringBuilder trace) {
    this.plan = plan;
    this.trace = trace;
    objects.add(new ModelObject(0, true, plan.setup().base()));
  }

  ModelObject object() {
    return objects.get(objects.size() - 1);
  }

  @Override
  public Instant wallTime() {
    return EPOCH.plusNanos(nanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  /** The server's own time and token, for clients that have no core. */
  Map<String, String> trueHeaders() {
    return Map.of("x-model-time", Long.toString(wallTime().toEpochMilli() + offsetMillis), "x-oss-security-token", token());
  }

  String token() {
    return "token-" + token;
  }

  @Override
  public void await(long wait, BooleanSupplier cancelled) throws InterruptedException {
    if (now.trouble() == Trouble.CANCELLED_IN_WAIT || now.trouble() == Trouble.INTERRUPTED_IN_WAIT) {
      nanos += wait / 2;
      Sending sending = current;
      if (sending != null && now.trouble() == Trouble.CANCELLED_IN_WAIT) {
        sending.cancelled = true;
      } else if (sending != null) {
        sending.interrupted = true;
        throw new InterruptedException();
      }
      return;
    }
    nanos += wait;
  }

  private @Nullable Sending current;

  /** Everything still under way arrives. */
  void settle() {
    while (!underWay.isEmpty()) {
      handle(underWay.remove(underWay.size() / 2));
    }
  }

  Response send(Request request) throws IOException {
    Sending sending = request.of();
    current = sending;
    now = plan.happening(requests);
    if (trace != null) {
      trace.append("    request ").append(requests + 1).append(": ").append(request.method()).append(' ').append(request.rawQuery());
      trace.append(" meets ").append(now.trouble()).append('\n');
    }
    requests++;
    count(request, sending);
    nanos += 1_000_000L * (1 + requests * 7 % 40);
    for (int i = now.arrivals(); i > 0 && !underWay.isEmpty(); i--) {
      handle(underWay.remove(underWay.size() / 2));
    }
    letOthers(now.before(), sending);
    try {
      return meet(now.trouble(), request, sending);
    } finally {
      letOthers(now.after(), sending);
    }
  }

  private void count(Request request, Sending sending) {
    if (nanos >= sending.deadlineNanos) {
      sending.violation = "a request was sent after the deadline";
    }
    if (sending.cancelled || sending.interrupted) {
      sending.violation = "a request was sent though the caller had given up";
    }
    boolean post = request.method().equals("POST");
    if (post) {
      sending.posts++;
      sending.bodyStarted = false;
    } else {
      sending.probes++;
    }
    boolean garbled = now.trouble() == Trouble.GARBAGE_POSITION && !post; // to an answer that contradicts itself no other is preferred
    sending.cost += garbled ? Trouble.HARD : now.trouble().cost;
  }

  private void startBody(Request request, Sending sending) {
    if (request.method().equals("POST")) {
      if (sending.bodyUsedUp && !sending.body.repeatable()) {
        sending.violation = "a body that can be sent once was sent twice";
      }
      sending.bodyStarted = true;
      sending.bodyUsedUp |= sending.record.length > 0;
    }
  }

  private Response meet(Trouble trouble, Request request, Sending sending) throws IOException {
    if (trouble == Trouble.REFUSED) {
      throw new Failures.Refused();
    }
    startBody(request, sending);
    return switch (trouble) {
      case NONE, REFUSED, CANCELLED_IN_WAIT, INTERRUPTED_IN_WAIT ->
          trouble == Trouble.NONE ? handle(request) : error(500, "InternalError", "", FROM_OSS);
      case RESET_UNREAD -> throw new Failures.Reset();
      case RESET_APPLIED -> {
        handle(request);
        throw new Failures.Reset();
      }
      case TIMEOUT_APPLIED -> {
        handle(request);
        nanos += 2_000_000_000L;
        throw new Failures.TimedOut();
      }
      case STUCK -> {
        underWay.add(request);
        throw new Failures.TimedOut();
      }
      case DUPLICATED -> {
        Response response = handle(request);
        // The one duplicate nobody can guard against is left out: of a request that was refused because it named a position the object
        // had not reached, arriving at the very moment when others have filled the object up to there.
        if (response.status() != 409 || object().length() > positionOf(request)) {
          underWay.add(request);
        }
        yield response;
      }
      case REPLAYED_BELOW -> {
        // A conflict of a body that can't be compared is taken for what it says: our bindings let no client below repeat it, so only a
        // proxy could, and to report every such conflict as unknown would help nobody.
        if (!sending.body.repeatable() || sending.record.length > plan.setup().maxVerifyBytes()) {
          yield handle(request);
        }
        handle(request);
        letOthers(now.after(), sending);
        yield handle(request);
      }
      case INTERNAL_ERROR -> error(500, "InternalError", "", FROM_OSS);
      case INTERNAL_ERROR_APPLIED -> {
        handle(request);
        yield error(500, "InternalError", "", FROM_OSS);
      }
      case GATEWAY_ERROR -> page(504);
      case GATEWAY_ERROR_APPLIED -> {
        handle(request);
        yield page(504);
      }
      case REQUEST_TIMEOUT -> error(400, "RequestTimeout", "", FROM_OSS);
      case THROTTLED -> error(503, "MetaOperationQpsLimitExceeded", "", FROM_OSS);
      case THROTTLED_APPLIED -> {
        handle(request);
        yield error(503, "UploadTrafficRateLimitExceeded", "", FROM_OSS);
      }
      case CLOCK_MOVED -> {
        offsetMillis = requests * 7919L % 240 * 60_000 - 7_200_000;
        yield handle(request);
      }
      case CREDENTIALS_EXPIRED -> {
        token++;
        yield handle(request);
      }
      case PORTAL_PAGE -> page(200);
      case PROXY_404 -> page(404);
      case GARBAGE_POSITION -> withPosition(handle(request), requests % 2 == 0 ? "-7" : "99999999999999999999");
      case NO_POSITION -> {
        Response response = handle(request);
        yield response.status() == 409 ? withPosition(response, null) : response;
      }
      case BROKEN_BODY -> {
        Response response = handle(request);
        yield new Response(response.status(), response.headers(), response.body(), true);
      }
      case STALE_HEAD -> {
        List<State> states = object().states;
        yield request.method().equals("HEAD") ? describeFrom(states.get(requests % states.size())) : handle(request);
      }
      case SLOW -> {
        Response response = handle(request);
        nanos += 50_000_000_000L;
        yield response;
      }
      case CANCELLED_UNREAD -> {
        sending.cancelled = true;
        throw new Failures.Reset();
      }
      case CANCELLED_APPLIED -> {
        handle(request);
        sending.cancelled = true;
        throw new Failures.Reset();
      }
      case INTERRUPTED_APPLIED -> {
        handle(request);
        sending.interrupted = true;
        Thread.currentThread().interrupt();
        throw new Failures.Interrupted();
      }
    };
  }

  private void letOthers(Foreign what, Sending sending) {
    ModelObject object = object();
    int length = sending.record.length;
    int salt = requests;
    switch (what) {
      case NOTHING -> {}
      case APPEND_EQUAL_LENGTH -> foreignAppend(object, Math.max(1, length), salt);
      case APPEND_SHORTER -> foreignAppend(object, Math.max(1, length / 2), salt);
      case APPEND_LONGER -> foreignAppend(object, length + 1 + salt % 20, salt);
      case APPEND_TWICE -> {
        foreignAppend(object, 1 + length / 2, salt);
        foreignAppend(object, Math.max(1, length), salt + 1);
      }
      case DELETE -> replace(new ModelObject(objects.size(), true, 0), sending);
      case REPLACE_SHORTER -> replaceByLength(Math.max(1, object.length() / 2), true, sending);
      case REPLACE_LONGER -> replaceByLength(Math.min(object.length() + 1 + length, 5L << 30), true, sending);
      case REPLACE_NORMAL -> replaceByLength(Math.max(1, object.length() + length), false, sending);
    }
    if (trace != null && what != Foreign.NOTHING) {
      trace.append("    others: ").append(what).append(", length ").append(object().length()).append('\n');
    }
  }

  private static void foreignAppend(ModelObject object, int length, int salt) {
    if (object.fits(length)) {
      object.append(ModelObject.FOREIGN, object.length(), Sending.foreign(length, salt));
    }
  }

  private void replaceByLength(long length, boolean appendable, Sending sending) {
    replace(new ModelObject(objects.size(), appendable, length), sending);
  }

  /** Nobody can guard against a straggler that arrives when its position has come back: a position names a place in one object only. */
  private void replace(ModelObject replacement, Sending sending) {
    settle();
    objects.add(replacement);
    sending.cost += Trouble.HARD;
  }

  private Response handle(Request request) {
    Response response = judge(request);
    if (trace != null) {
      trace.append("      server: ").append(request.method()).append(' ').append(request.rawQuery()).append(" of record ").append(request.of().id);
      trace.append(" -> ").append(response.status()).append(", length ").append(object().length()).append('\n');
    }
    return response;
  }

  private Response judge(Request request) {
    long off = signedAt(request) - (wallTime().toEpochMilli() + offsetMillis);
    if (Math.abs(off) > 15 * 60_000) {
      request.of().cost += request.of().clockMoved ? Trouble.HARD : 1; // corrected once in a call
      request.of().clockMoved = true;
      return error(403, "RequestTimeTooSkewed", "<ServerTime>" + wallTime().plusMillis(offsetMillis) + "</ServerTime>", FROM_OSS);
    }
    if (!token().equals(request.headers().get("x-oss-security-token"))) {
      request.of().cost += request.of().credentialsExpired ? Trouble.HARD : 1; // the same
      request.of().credentialsExpired = true;
      return error(403, "SecurityTokenExpired", "", FROM_OSS);
    }
    return switch (request.method()) {
      case "POST" -> append(request);
      case "HEAD" -> describeFrom(object().now());
      case "GET" -> range(request);
      default -> throw new AssertionError(request.method());
    };
  }

  private static long signedAt(Request request) {
    String quick = request.headers().get("x-model-time");
    String date = request.headers().get("x-oss-date");
    return quick != null ? Long.parseLong(quick) : Duration.between(Instant.EPOCH, Instant.from(OSS_DATE.parse(String.valueOf(date)))).toMillis();
  }

  private Response append(Request request) {
    ModelObject object = object();
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
    return new Response(200, describe(object.now()), NOTHING);
  }

  private static long positionOf(Request request) {
    String position = Query.parse(request.rawQuery()).first("position");
    return position == null ? -1 : Long.parseLong(position);
  }

  private Response range(Request request) {
    String[] range = String.valueOf(request.headers().get("range")).replace("bytes=", "").split("-", 2);
    long length = object().length();
    long first = Long.parseLong(range[0]);
    long last = Math.min(Long.parseLong(range[1]), length - 1);
    if (first > last) {
      return error(416, "InvalidRange", "", FROM_OSS);
    }
    Map<String, String> headers = describe(object().now());
    headers.put("content-range", "bytes " + first + "-" + last + "/" + length);
    return new Response(206, headers, object().read(first, last));
  }

  private Response describeFrom(State state) {
    return state.length() == 0 ? new Response(404, FROM_OSS, NOTHING) : new Response(200, describe(state), NOTHING);
  }

  private Map<String, String> describe(State state) {
    Map<String, String> headers = new HashMap<>(FROM_OSS);
    headers.put("x-oss-object-type", object().appendable ? "Appendable" : "Normal");
    headers.put("x-oss-hash-crc64ecma", Long.toUnsignedString(state.crc()));
    if (object().appendable) {
      headers.put("x-oss-next-append-position", Long.toString(state.length()));
    }
    return headers;
  }

  private static Response withPosition(Response response, @Nullable String position) {
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.computeIfPresent("x-oss-next-append-position", (name, old) -> position);
    return new Response(response.status(), headers, response.body());
  }

  private static Response page(int status) {
    return new Response(status, Map.of(), "<html>a page of somebody else</html>".getBytes(StandardCharsets.UTF_8));
  }

  private static Response error(int status, String code, String more, Map<String, String> headers) {
    String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>" + code + "</Code>" + more + "</Error>";
    return new Response(status, headers, xml.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the object, or one that was there before, has ever had that length and CRC64. */
  boolean wasEver(long length, long crc) {
    return objects.stream().anyMatch(object -> object.states.contains(new State(length, crc)));
  }

  static byte[] firstBytes(Response response, long limit) {
    return Arrays.copyOf(response.body(), (int) Math.min(limit, response.body().length));
  }
}
