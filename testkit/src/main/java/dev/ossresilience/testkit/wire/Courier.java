package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Responder;
import dev.ossresilience.testkit.fault.AlteredAnswerFault;
import dev.ossresilience.testkit.fault.EarlyAnswerFault;
import dev.ossresilience.testkit.fault.ErrorFault;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.fault.ForeignAppendFault;
import dev.ossresilience.testkit.fault.ForeignWriteFault;
import dev.ossresilience.testkit.fault.LateAnswerFault;
import dev.ossresilience.testkit.fault.NetworkFault;
import dev.ossresilience.testkit.fault.RedirectFault;
import dev.ossresilience.testkit.fault.SkewFault;
import dev.ossresilience.testkit.operation.Service;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.time.ServerClock;
import dev.ossresilience.testkit.wire.Delivery.Manner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings requests to the service and answers back, the way each one's fault wants it; a fault is counted when it happens. Thread-safe. */
public final class Courier {
  private final Service service;
  private final Responder responder;
  private final ServerClock clock;
  private final FaultPlan faults;
  private final SecondWriter secondWriter;
  private final Alterations alterations;
  private final HeldRequests held = new HeldRequests();

  private static final Pattern POSITION = Pattern.compile("[?&]position=(\\d{1,15})");

  /** Far more than any client reads of an error before it acts, and than a socket's buffers hold. */
  private static final int LONG_PAGE_BYTES = 200_000;

  public Courier(Service service, Responder responder, Store store, ServerClock clock, FaultPlan faults) {
    this.service = service;
    this.responder = responder;
    this.clock = clock;
    this.faults = faults;
    this.secondWriter = new SecondWriter(store, clock);
    this.alterations = new Alterations(responder);
  }

  /** Handles what is due before this request, then the request. */
  Delivery deliver(OssRequest request, Fault fault) {
    deliverHeld(false);
    if (fault instanceof NetworkFault network) {
      return network(request, network);
    }
    if (fault instanceof ErrorFault error) {
      return error(request, error);
    }
    if (fault instanceof AlteredAnswerFault altered) {
      Answer answer = service.handle(request);
      Answer changed = alterations.alter(request, answer, altered);
      return changed == null ? Delivery.whole(answer, null) : Delivery.whole(changed, counted(fault));
    }
    if (fault instanceof LateAnswerFault late) {
      return new Delivery(service.handle(request), Manner.WHOLE, late.delay(), counted(fault));
    }
    if (fault instanceof ForeignAppendFault foreign) {
      return foreign(request, foreign);
    }
    if (fault instanceof ForeignWriteFault foreign) {
      boolean happened = secondWriter.write(request, foreign);
      return Delivery.whole(service.handle(request), happened ? counted(fault) : null);
    }
    if (fault instanceof EarlyAnswerFault) {
      return Delivery.whole(service.handle(request), null); // there was no body to come before
    }
    if (fault instanceof SkewFault skew) {
      Fault happened = clock.setOffset(skew.offset()) ? counted(fault) : null;
      return Delivery.whole(service.handle(request), happened);
    }
    Answer redirect = responder.respond(request, Answer.of(302).with("Location", ((RedirectFault) fault).location()));
    return Delivery.whole(redirect, counted(fault));
  }

  /** The answer to a request that can't be read, and so reaches nobody. */
  Answer malformed(Head head, String wrong) {
    OssRequest request = OssRequest.unreadable(head.method(), head.target(), head.headers());
    return responder.respond(request, Failure.of("InvalidArgument").message("Bad request: " + wrong + ".", "").closing());
  }

  /** The answer to a request of which only the head is there. */
  Answer early(Head head, EarlyAnswerFault fault) {
    OssRequest request = OssRequest.unreadable(head.method(), head.target(), head.headers());
    if (!fault.code().isEmpty()) {
      return responder.respond(request, Failure.of(fault.code()).status(fault.status()).closing());
    }
    Matcher position = POSITION.matcher(head.target());
    Answer success = Answer.of(200);
    return responder.respond(
        request, position.find() ? success.with("x-oss-next-append-position", Long.toString(Long.parseLong(position.group(1)) + head.contentLength())) : success);
  }

  /** Delivers the held requests that are due; all of them if {@code now}. */
  public void deliverHeld(boolean now) {
    for (HeldRequests.Held due : held.due(now)) {
      service.handle(due.request); // its answer has nobody to go to
      if (due.duplicateOf != null) {
        faults.count(due.duplicateOf);
      }
    }
  }

  private Delivery network(OssRequest request, NetworkFault fault) {
    return switch (fault.kind()) {
      case NONE -> Delivery.whole(service.handle(request), null);
      case APPLY_THEN_DROP -> Delivery.none(service.handle(request), counted(fault));
      case TRUNCATE_RESPONSE -> cutShort(service.handle(request), Manner.HALF, Manner.NONE, fault);
      case STALL_RESPONSE -> cutShort(service.handle(request), Manner.HALF_THEN_SILENCE, Manner.SILENCE, fault);
      case STALL -> Delivery.of(Answer.of(0), Manner.SILENCE, counted(fault));
      case ANSWER_THEN_CLOSE -> Delivery.of(service.handle(request), Manner.WHOLE_THEN_END, counted(fault));
      // Those that strike early have nothing to strike here: dropMidBody had no body to cut.
      case DROP, DROP_MID_BODY, REFUSE_CONNECTION, RESET_BEFORE_BODY -> Delivery.none(Answer.of(0), counted(fault));
      case CORRUPT_BODY ->
          request.body().size() == 0 ? Delivery.whole(service.handle(request), null) : Delivery.whole(service.handle(request.damaged()), counted(fault));
      case LATE_DUPLICATE -> {
        Answer answer = service.handle(request);
        held.hold(request, 1, fault);
        yield Delivery.whole(answer, fault);
      }
      case DELIVER_LATER -> {
        held.hold(request, 2, null);
        yield Delivery.none(Answer.of(0), counted(fault));
      }
    };
  }

  private Delivery cutShort(Answer answer, Manner manner, Manner withoutBody, Fault fault) {
    return Delivery.of(answer, answer.body().size() == 0 ? withoutBody : manner, counted(fault));
  }

  private Delivery error(OssRequest request, ErrorFault fault) {
    if (fault.applied()) {
      service.handle(request);
    }
    Answer answer =
        switch (fault.form()) {
          case GATEWAY_PAGE -> responder.gatewayPage(request, fault.status(), 0);
          case LONG_GATEWAY_PAGE -> responder.gatewayPage(request, fault.status(), LONG_PAGE_BYTES);
          case PORTAL_PAGE -> responder.page(request, 200, "Welcome to our network");
          case BARE -> responder.respond(request, Answer.of(fault.status()));
          case RETRY_AFTER -> responder.respond(request, failure(request, fault).header("Retry-After", fault.detail()));
          case WRONG_ENDPOINT -> responder.respond(request, wrongEndpoint(request, fault.detail()));
          case DOCUMENT -> responder.respond(request, failure(request, fault));
        };
    return Delivery.whole(answer, counted(fault));
  }

  private static Failure failure(OssRequest request, ErrorFault fault) {
    Failure failure = Failure.of(fault.code()).status(fault.status());
    String token = request.header("x-oss-security-token");
    // OSS repeats the expired token in the error, which is why error bodies must never be logged as they are.
    return fault.code().equals("SecurityTokenExpired") && token != null ? failure.element("SecurityToken", token) : failure;
  }

  private static Failure wrongEndpoint(OssRequest request, String endpoint) {
    String message =
        "The bucket you are attempting to access must be addressed using the specified endpoint. "
            + "Please send all future requests to this endpoint.";
    String bucket = request.bucket() == null ? "" : request.bucket();
    return Failure.of("AccessDenied").message(message, "").element("Bucket", bucket).element("Endpoint", endpoint);
  }

  private Delivery foreign(OssRequest request, ForeignAppendFault fault) {
    if (!fault.after()) {
      boolean happened = secondWriter.append(request, fault);
      return Delivery.whole(service.handle(request), happened ? counted(fault) : null);
    }
    Answer answer = service.handle(request);
    return secondWriter.append(request, fault) ? Delivery.none(answer, counted(fault)) : Delivery.whole(answer, null);
  }

  private Fault counted(Fault fault) {
    faults.count(fault);
    return fault;
  }
}
