package dev.ossresilience.testkit.wire;


import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.answer.Failure;
import dev.ossresilience.testkit.answer.Responder;
import dev.ossresilience.testkit.fault.ErrorFault;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.fault.ForeignAppendFault;
import dev.ossresilience.testkit.fault.NetworkFault;
import dev.ossresilience.testkit.fault.RedirectFault;
import dev.ossresilience.testkit.fault.SkewFault;
import dev.ossresilience.testkit.operation.Service;
import dev.ossresilience.testkit.request.OssRequest;
import dev.ossresilience.testkit.store.Store;
import dev.ossresilience.testkit.time.ServerClock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Brings requests to the service and answers back, the way each one's fault wants it; a fault is counted when it happens. Thread-safe. */
public final class Courier {
  private final Service service;
  private final Responder responder;
  private final Store store;
  private final ServerClock clock;
  private final FaultPlan faults;

  /** Requests to be delivered once more, or at last. */
  private final List<Held> held = new ArrayList<>();

  /** Makes the bytes of a second writer differ from one append to the next. */
  private final AtomicLong foreignAppends = new AtomicLong();

  public Courier(Service service, Responder responder, Store store, ServerClock clock, FaultPlan faults) {
    this.service = service;
    this.responder = responder;
    this.store = store;
    this.clock = clock;
    this.faults = faults;
  }

  /** Handles what is due before this request, then the request. */
  public Delivery deliver(OssRequest request, Fault fault) {
    deliverHeld(false);
    if (fault instanceof ErrorFault error) {
      return error(request, error);
    }
    if (fault instanceof NetworkFault network) {
      return network(request, network);
    }
    if (fault instanceof ForeignAppendFault foreign) {
      return foreign(request, foreign);
    }
    if (fault instanceof SkewFault skew) {
      Fault happened = clock.setOffset(skew.offset()) ? counted(fault) : null;
      return Delivery.whole(service.handle(request), happened);
    }
    Answer redirect = responder.respond(request, Answer.of(302).with("Location", ((RedirectFault) fault).location()));
    return Delivery.whole(redirect, counted(fault));
  }

  /** Delivers the held requests that are due; all of them if {@code now}. */
  public void deliverHeld(boolean now) {
    for (Held due : due(now)) {
      service.handle(due.request); // its answer has nobody to go to
      if (due.duplicateOf != null) {
        faults.count(due.duplicateOf);
      }
    }
  }

  private Delivery error(OssRequest request, ErrorFault fault) {
    if (fault.applied()) {
      service.handle(request);
    }
    Answer answer =
        fault.isGateway() ? responder.gatewayPage(request, fault.status()) : responder.respond(request, failure(request, fault));
    return Delivery.whole(answer, counted(fault));
  }

  private static Failure failure(OssRequest request, ErrorFault fault) {
    Failure failure = Failure.of(fault.code()).status(fault.status());
    String token = request.header("x-oss-security-token");
    // OSS repeats the expired token in the error, which is why error bodies must never be logged as they are.
    return fault.code().equals("SecurityTokenExpired") && token != null ? failure.element("SecurityToken", token) : failure;
  }

  private Delivery network(OssRequest request, NetworkFault fault) {
    return switch (fault.kind()) {
      case NONE -> Delivery.whole(service.handle(request), null);
      case APPLY_THEN_DROP -> Delivery.none(service.handle(request), counted(fault));
      case TRUNCATE_RESPONSE -> {
        Answer answer = service.handle(request);
        Delivery.Manner manner = answer.body().size() == 0 ? Delivery.Manner.NONE : Delivery.Manner.HALF;
        yield new Delivery(answer, manner, counted(fault));
      }
      case DROP, DROP_MID_BODY -> Delivery.none(Answer.of(0), counted(fault));
      case LATE_DUPLICATE -> {
        Answer answer = service.handle(request);
        hold(new Held(request, 1, fault));
        yield Delivery.whole(answer, fault);
      }
      case DELIVER_LATER -> {
        hold(new Held(request, 2, null));
        yield Delivery.none(Answer.of(0), counted(fault));
      }
    };
  }

  private Delivery foreign(OssRequest request, ForeignAppendFault fault) {
    if (!fault.after()) {
      boolean happened = appendAsOther(request, fault);
      return Delivery.whole(service.handle(request), happened ? counted(fault) : null);
    }
    Answer answer = service.handle(request);
    return appendAsOther(request, fault) ? Delivery.none(answer, counted(fault)) : Delivery.whole(answer, null);
  }

  private boolean appendAsOther(OssRequest request, ForeignAppendFault fault) {
    String bucket = request.bucket();
    String key = request.key();
    boolean reads = request.isHead() || request.method().equals("GET");
    if (bucket == null || key == null || !(reads || request.isAppend())) {
      return false;
    }
    byte[] given = fault.bytes();
    ByteString bytes = given != null ? ByteString.of(given) : unlike(request.body());
    synchronized (store) {
      boolean absent = store.hasBucket(bucket) && store.get(bucket, key) == null;
      return !(reads && absent) && store.foreignAppend(bucket, key, bytes, clock.now());
    }
  }

  /** As many bytes as the body has, but others. */
  private ByteString unlike(ByteString body) {
    byte[] bytes = new byte[body.size()];
    new Random(foreignAppends.incrementAndGet()).nextBytes(bytes);
    if (bytes.length > 0 && bytes[0] == body.getByte(0)) {
      bytes[0]++; // one byte can be equal by chance
    }
    return ByteString.of(bytes);
  }

  private Fault counted(Fault fault) {
    faults.count(fault);
    return fault;
  }

  private void hold(Held request) {
    synchronized (held) {
      held.add(request);
    }
  }

  private List<Held> due(boolean now) {
    List<Held> due = new ArrayList<>();
    synchronized (held) {
      for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
        Held one = all.next();
        one.requestsToGo--;
        if (now || one.requestsToGo <= 0) {
          due.add(one);
          all.remove();
        }
      }
    }
    return due;
  }

  /** A request in a queue somewhere on its way. */
  private static final class Held {
    final OssRequest request;
    final @Nullable Fault duplicateOf;

    /** It is delivered before the one that brings this to 0. */
    int requestsToGo;

    Held(OssRequest request, int requestsToGo, @Nullable Fault duplicateOf) {
      this.request = request;
      this.requestsToGo = requestsToGo;
      this.duplicateOf = duplicateOf;
    }
  }
}
