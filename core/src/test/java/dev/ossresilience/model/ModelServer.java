package dev.ossresilience.model;

import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.model.ModelObject.State;
import dev.ossresilience.model.Plan.Happening;
import dev.ossresilience.time.TimeSource;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final Instant EPOCH = Instant.parse("2026-01-15T12:00:00Z");

  /** All objects there have been, the current one last. */
  final List<ModelObject> objects = new ArrayList<>();

  private final Plan plan;
  private final @Nullable StringBuilder trace;
  private final List<Request> underWay = new ArrayList<>();
  private @Nullable Sending current;
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
    return Map.of("x-model-time", Long.toString(trueTime().toEpochMilli()), "x-oss-security-token", token());
  }

  Instant trueTime() {
    return wallTime().plusMillis(offsetMillis);
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
      note("    request " + (requests + 1) + ": " + request.method() + " " + request.rawQuery() + " meets " + now.trouble());
    }
    requests++;
    sending.sees(request.method().equals("POST"), now.trouble(), nanos);
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

  private Response meet(Trouble trouble, Request request, Sending sending) throws IOException {
    if (trouble == Trouble.REFUSED) {
      throw new Failures.Refused();
    }
    if (request.method().equals("POST")) {
      sending.startBody();
    }
    return switch (trouble) {
      case NONE, REFUSED, CANCELLED_IN_WAIT, INTERRUPTED_IN_WAIT ->
          trouble == Trouble.NONE ? handle(request) : Answers.error(500, "InternalError");
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
        if (response.status() != 409 || object().length() > Answers.positionOf(request)) {
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
      case INTERNAL_ERROR -> Answers.error(500, "InternalError");
      case INTERNAL_ERROR_APPLIED -> {
        handle(request);
        yield Answers.error(500, "InternalError");
      }
      case GATEWAY_ERROR -> Answers.page(504);
      case GATEWAY_ERROR_APPLIED -> {
        handle(request);
        yield Answers.page(504);
      }
      case REQUEST_TIMEOUT -> Answers.error(400, "RequestTimeout");
      case THROTTLED -> Answers.error(503, "MetaOperationQpsLimitExceeded", "", Answers.FROM_OSS);
      case THROTTLED_APPLIED -> {
        handle(request);
        yield Answers.error(503, "UploadTrafficRateLimitExceeded", "", Answers.FROM_OSS);
      }
      case CLOCK_MOVED -> {
        offsetMillis = requests * 7919L % 240 * 60_000 - 7_200_000;
        yield handle(request);
      }
      case CREDENTIALS_EXPIRED -> {
        token++;
        yield handle(request);
      }
      case PORTAL_PAGE -> Answers.page(200);
      case PROXY_404 -> Answers.page(404);
      case GARBAGE_POSITION -> Answers.withPosition(handle(request), requests % 2 == 0 ? "-7" : "99999999999999999999");
      case NO_POSITION -> {
        Response response = handle(request);
        yield response.status() == 409 ? Answers.withPosition(response, null) : response;
      }
      case BROKEN_BODY -> {
        Response response = handle(request);
        yield new Response(response.status(), response.headers(), response.body(), true);
      }
      case STALE_HEAD -> {
        List<State> states = object().states;
        yield request.method().equals("HEAD") ? Answers.describeFrom(object(), states.get(requests % states.size())) : handle(request);
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
    if (what != Foreign.NOTHING) {
      OtherWriters.act(what, this, sending, requests);
      note("    others: " + what + ", length " + object().length());
    }
  }

  private Response handle(Request request) {
    Response response = Answers.to(request, this);
    if (trace != null) {
      String asked = request.method() + " " + request.rawQuery() + " of record " + request.of().id;
      note("      server: " + asked + " -> " + response.status() + ", length " + object().length());
    }
    return response;
  }

  private void note(String line) {
    if (trace != null) {
      trace.append(line).append('\n');
    }
  }

  /** Whether the object, or one that was there before, has ever had that length and CRC64. */
  boolean wasEver(long length, long crc) {
    return objects.stream().anyMatch(object -> object.states.contains(new State(length, crc)));
  }
}
