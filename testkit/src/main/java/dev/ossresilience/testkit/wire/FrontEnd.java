package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.fault.EarlyAnswerFault;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.limit.Throttle;
import dev.ossresilience.testkit.request.OssRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The HTTP server: takes requests off the wire, has them delivered, and writes the answers, or what a fault leaves of them. */
public final class FrontEnd {
  /** Held here because loggers are otherwise forgotten together with their level. The library reports every connection at INFO. */
  private static final Logger LIBRARY_LOGGER = Logger.getLogger(MockWebServer.class.getName());

  static {
    LIBRARY_LOGGER.setLevel(Level.OFF);
  }

  /** Not "localhost", which may be ::1 here and 127.0.0.1 there. */
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private static final MockResponse NO_ANSWER = new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();

  private final MockWebServer server = new MockWebServer();
  private final ReceivedRequests received = new ReceivedRequests();
  private final Courier courier;
  private final Throttle throttle;
  private final FaultPlan faults;

  public FrontEnd(Courier courier, Throttle throttle, FaultPlan faults) {
    this.courier = courier;
    this.throttle = throttle;
    this.faults = faults;
  }

  public void start(int port) throws IOException {
    server.setServerSocketFactory(new LoopbackSockets(new Gate()));
    server.setDispatcher(new Handler());
    server.start(InetAddress.getByAddress(LOOPBACK), port);
  }

  public int port() {
    return server.getPort();
  }

  public void stop() {
    server.close();
  }

  /** The newest requests, see {@link ReceivedRequests#KEPT}. */
  public List<ReceivedRequest> received() {
    return received.newest();
  }

  /** How many requests there were, those forgotten included. */
  public long count() {
    return received.count();
  }

  private MockResponse answer(RequestStream connection, Arrival arrival, RecordedRequest recorded) throws IOException {
    OssRequest request = OssRequest.of(recorded);
    Delivery delivery = courier.deliver(request, arrival.fault());
    int status = delivery.isAnswered() ? delivery.answer().status() : 0;
    int size = request.body().size();
    received.add(new ReceivedRequest(request.method(), request.target(), request.headers(), size, status, delivery.fault()));
    if (delivery.manner() == Delivery.Manner.SILENCE) {
      connection.awaitEnd();
    }
    boolean goes = delivery.isAnswered() && (delivery.delay().isZero() || connection.staysFor(delivery.delay()));
    return goes ? response(delivery, connection, arrival.head().hasUnreadableBody() || arrival.head().last()) : NO_ANSWER;
  }

  private static MockResponse response(Delivery delivery, RequestStream connection, boolean lastOfItsConnection) {
    Answer answer = delivery.answer();
    MockResponse.Builder response = new MockResponse.Builder().code(answer.status()).headers(headers(answer));
    int size = answer.body().size();
    boolean ends = lastOfItsConnection || answer.closes();
    if (size > 0) {
      switch (delivery.manner()) {
        case HALF -> response.body(new Buffer().write(answer.body().substring(0, size / 2)));
        case HALF_THEN_SILENCE -> response.body(new SilentBody(answer.body().substring(0, size / 2), size, connection));
        default -> response.body(new Buffer().write(answer.body()));
      }
      response.setHeader("Content-Length", size); // of the whole body, whatever is sent of it
    }
    if (ends) {
      response.setHeader("Connection", "close");
    }
    if (ends || delivery.manner() != Delivery.Manner.WHOLE) {
      response.onResponseEnd(new SocketEffect.CloseSocket());
    }
    return response.build();
  }

  /** Metadata and the like go back as they came, in UTF-8; what would break the head apart can't be sent. */
  private static Headers headers(Answer answer) {
    Headers.Builder headers = new Headers.Builder();
    answer.headers().forEach(
        (name, value) -> {
          if (value.chars().anyMatch(c -> c != '\t' && (c < ' ' || c == 0x7f))) {
            throw new IllegalArgumentException("the value of " + name + " has a control character");
          }
          headers.addUnsafeNonAscii(name, value);
        });
    return headers.build();
  }

  /** What connections ask before there is a request, and tell when there will be none. */
  private final class Gate implements Admission {
    @Override
    public boolean refusesConnection() {
      boolean refused = faults.takeIfNext(Fault.refuseConnection());
      if (refused) {
        faults.count(Fault.refuseConnection());
      }
      return refused;
    }

    @Override
    public Fault draw() {
      return faults.take();
    }

    @Override
    public Answer malformed(Head head, String wrong) {
      return courier.malformed(head, wrong);
    }

    @Override
    public Answer early(Head head, EarlyAnswerFault fault) {
      return courier.early(head, fault);
    }

    @Override
    public void unfinished(ReceivedRequest request, @Nullable Fault happened) {
      if (happened != null) {
        faults.count(happened);
      }
      received.add(request);
    }
  }

  /** What the server library asks. */
  private final class Handler extends Dispatcher {
    private static final MockResponse AS_USUAL = new MockResponse.Builder().build();

    /** How the request that is arriving shall be read. The library also asks when there is none: then nothing is decided. */
    @Override
    public MockResponse peek() {
      Arrival arriving = Connection.arriving();
      if (arriving == null || !(arriving.head().hasUnreadableBody() || arriving.head().expectsContinue())) {
        return AS_USUAL;
      }
      MockResponse.Builder policy = new MockResponse.Builder();
      if (arriving.head().hasUnreadableBody()) {
        policy.doNotReadRequestBody(); // and the connection is of no use any more
      }
      return arriving.head().expectsContinue() ? policy.add100Continue().build() : policy.build();
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
      forgetRecorded();
      RequestStream connection = Connection.ofThisThread();
      Arrival arrival = Objects.requireNonNull(connection.taken(), "the library dispatches only what has arrived");
      throttle.begin();
      try {
        return answer(connection, arrival, recorded);
      } catch (IOException | RuntimeException e) {
        // An exception would end the thread and leave the client hanging on an open connection.
        received.add(arrival.unfinished(0, 500, null));
        return new MockResponse.Builder()
            .code(500)
            .body("The simulator failed: " + e + "\n")
            .onResponseEnd(new SocketEffect.CloseSocket())
            .build();
      } finally {
        throttle.end();
      }
    }

    /** The library keeps every request with its body until somebody takes it, which would fill the memory in a long test. */
    private void forgetRecorded() throws InterruptedException {
      RecordedRequest old;
      do {
        old = server.takeRequest(0, TimeUnit.NANOSECONDS);
      } while (old != null);
    }
  }
}
