package dev.ossresilience.model;

import dev.ossresilience.http.Query;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One object behind a network that misbehaves by a seeded schedule, in virtual time. It loses requests and responses, delivers some
 * late or twice, lets another writer in between, throttles, fails and has its clock moved.
 */
final class ModelServer implements TimeSource, Waiter {
  record Request(String method, String rawQuery, Map<String, String> headers, byte[] body) {}

  record Response(int status, Map<String, String> headers, byte[] body) implements ResponseHead {
    @Override
    public String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  private static final DateTimeFormatter OSS_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Map<String, String> FROM_OSS = Map.of("x-oss-request-id", "ID");
  private static final Instant EPOCH = Instant.parse("2026-01-15T12:00:00Z");

  final ModelObject object = new ModelObject();
  private final @Nullable StringBuilder trace;
  private final Random random;
  private final double faultRate;
  private final double foreignRate;
  private final List<Request> underWay = new ArrayList<>();
  private final List<Long> lengths = new ArrayList<>(List.of(0L));
  private long nanos;
  private Duration serverOffset = Duration.ZERO;
  private boolean bodyStarted;

  ModelServer(@Nullable StringBuilder trace, Random random, double faultRate, double foreignRate) {
    this.trace = trace;
    this.random = random;
    this.faultRate = faultRate;
    this.foreignRate = foreignRate;
  }

  @Override
  public Instant wallTime() {
    return EPOCH.plusNanos(nanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void await(long wait, BooleanSupplier cancelled) {
    nanos += wait;
  }

  /** The server's own time, for clients that don't sign and never meet a skewed clock. */
  String timestamp() {
    return OSS_DATE.format(wallTime().plus(serverOffset));
  }

  boolean isBodyStarted() {
    return bodyStarted;
  }

  /** Everything still under way arrives. */
  void settle() {
    while (!underWay.isEmpty()) {
      handle(underWay.remove(random.nextInt(underWay.size())));
    }
  }

  Response send(Request request) throws IOException {
    nanos += 1_000_000L * (1 + random.nextInt(40));
    bodyStarted = true;
    while (!underWay.isEmpty() && random.nextBoolean()) {
      handle(underWay.remove(random.nextInt(underWay.size())));
    }
    letOthersWrite(request);
    if (random.nextDouble() >= faultRate) {
      return handle(request);
    }
    switch (random.nextInt(16)) {
      case 0 -> {
        bodyStarted = false;
        throw new ConnectException("refused");
      }
      case 1 -> throw new SocketException("reset before it was read");
      case 2 -> {
        handle(request);
        throw new SocketException("reset after it was applied");
      }
      case 3 -> {
        handle(request);
        letOthersWrite(request);
        throw new SocketTimeoutException("answered too late");
      }
      case 4 -> {
        underWay.add(request);
        throw new SocketTimeoutException("stuck on the way");
      }
      case 5 -> {
        Response response = handle(request);
        // Delivered twice. The one duplicate nobody can guard against is left out: of a request that was refused because it named
        // a position the object had not reached, arriving at the very moment when others have filled the object up to there.
        if (response.status() != 409 || object.length() > positionOf(request)) {
          underWay.add(request);
        }
        return response;
      }
      case 6 -> {
        handle(request); // a transport that repeats by itself: the caller sees the second answer only
        return handle(request);
      }
      case 7 -> {
        handle(request);
        return error(500, "InternalError");
      }
      case 8 -> {
        return error(500, "InternalError");
      }
      case 9 -> {
        handle(request);
        return new Response(504, Map.of(), "<html>gateway</html>".getBytes(StandardCharsets.UTF_8));
      }
      case 10 -> {
        return error(400, "RequestTimeout");
      }
      case 11 -> {
        boolean applied = random.nextBoolean();
        if (applied) {
          handle(request);
        }
        return error(503, applied ? "UploadTrafficRateLimitExceeded" : "MetaOperationQpsLimitExceeded");
      }
      case 12 -> {
        serverOffset = Duration.ofMinutes(random.nextInt(240) - 120);
        return handle(request);
      }
      case 13 -> {
        return new Response(404, Map.of(), "<html>a proxy knows no such page</html>".getBytes(StandardCharsets.UTF_8));
      }
      case 14 -> {
        return request.method().equals("HEAD") ? describeFrom(lengths.get(random.nextInt(lengths.size()))) : handle(request); // a stale cache
      }
      default -> {
        return new Response(200, Map.of(), "<html>welcome to the hotel's network</html>".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void letOthersWrite(Request request) {
    if (random.nextDouble() < foreignRate) {
      int length = random.nextBoolean() && request.body().length > 0 ? request.body().length : 1 + random.nextInt(60);
      byte[] foreign = new byte[length];
      Arrays.fill(foreign, (byte) -1); // our records never hold this byte
      object.append(object.length(), foreign);
      lengths.add(object.length());
    }
  }

  private Response handle(Request request) {
    Response response = judge(request);
    if (trace != null) {
      trace.append("    server: ").append(request.method()).append(' ').append(request.rawQuery()).append(" -> ").append(response.status());
      trace.append(", length ").append(object.length()).append('\n');
    }
    return response;
  }

  private Response judge(Request request) {
    Instant signed = Instant.from(OSS_DATE.parse(request.headers().getOrDefault("x-oss-date", "")));
    Instant now = wallTime().plus(serverOffset);
    if (Duration.between(signed, now).abs().compareTo(Duration.ofMinutes(15)) > 0) {
      return error(403, "RequestTimeTooSkewed", "<ServerTime>" + now + "</ServerTime>", FROM_OSS);
    }
    return switch (request.method()) {
      case "POST" -> append(request);
      case "HEAD" -> describeFrom(object.length());
      case "GET" -> range(request);
      default -> throw new AssertionError(request.method());
    };
  }

  private Response describeFrom(long length) {
    return length == 0 ? new Response(404, FROM_OSS, new byte[0]) : new Response(200, describe(length), new byte[0]);
  }

  private Response append(Request request) {
    boolean stored = object.append(positionOf(request), request.body());
    lengths.add(object.length());
    String end = Long.toString(object.length());
    if (!stored) {
      boolean named = random.nextInt(4) != 0;
      return error(409, "PositionNotEqualToLength", "", named ? Map.of("x-oss-next-append-position", end, "x-oss-request-id", "ID") : FROM_OSS);
    }
    return new Response(200, describe(object.length()), new byte[0]);
  }

  private static long positionOf(Request request) {
    String position = Query.parse(request.rawQuery()).first("position");
    return position == null ? -1 : Long.parseLong(position);
  }

  private Response range(Request request) {
    String[] range = String.valueOf(request.headers().get("range")).replace("bytes=", "").split("-", 2);
    long first = Long.parseLong(range[0]);
    long last = Math.min(Long.parseLong(range[1]), object.length() - 1);
    if (first > last) {
      return error(416, "InvalidRange");
    }
    Map<String, String> headers = describe(object.length());
    headers.put("content-range", "bytes " + first + "-" + last + "/" + object.length());
    return new Response(206, headers, Arrays.copyOfRange(object.bytes(), (int) first, (int) last + 1));
  }

  private Map<String, String> describe(long length) {
    Map<String, String> headers = new TreeMap<>(FROM_OSS);
    headers.put("x-oss-object-type", "Appendable");
    headers.put("x-oss-next-append-position", Long.toString(length));
    headers.put("x-oss-hash-crc64ecma", Long.toUnsignedString(object.crc(length)));
    return headers;
  }

  private static Response error(int status, String code) {
    return error(status, code, "", FROM_OSS);
  }

  private static Response error(int status, String code, String more, Map<String, String> headers) {
    String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>" + code + "</Code>" + more + "</Error>";
    return new Response(status, headers, xml.getBytes(StandardCharsets.UTF_8));
  }
}
