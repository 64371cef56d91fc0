package dev.ossresilience.testkit.wire;


import dev.ossresilience.testkit.ReceivedRequest;
import dev.ossresilience.testkit.answer.Answer;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.testkit.request.OssRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;

/** The HTTP server: takes requests off the wire, has them delivered, and writes the answers, or what a fault leaves of them. */
public final class FrontEnd extends Dispatcher {
  /** Held here because loggers are otherwise forgotten together with their level. The library reports every connection at INFO. */
  private static final Logger LIBRARY_LOGGER = Logger.getLogger(MockWebServer.class.getName());

  static {
    LIBRARY_LOGGER.setLevel(Level.OFF);
  }

  /** Not "localhost", which may be ::1 here and 127.0.0.1 there. */
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private static final MockResponse NO_ANSWER = new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();

  private final MockWebServer server = new MockWebServer();
  private final List<ReceivedRequest> received = new ArrayList<>();
  private final Courier courier;
  private final FaultPlan faults;

  public FrontEnd(Courier courier, FaultPlan faults) {
    this.courier = courier;
    this.faults = faults;
  }

  public void start(int port) throws IOException {
    server.setServerSocketFactory(new LoopbackSockets(this::cut, exchange -> log(exchange.unfinished())));
    server.setDispatcher(this);
    server.start(InetAddress.getByAddress(LOOPBACK), port);
  }

  public int port() {
    return server.getPort();
  }

  public void stop() {
    server.close();
  }

  public List<ReceivedRequest> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** How the request that is arriving shall be read. The library also asks when there is none: then nothing is decided. */
  @Override
  public MockResponse peek() {
    MockResponse.Builder policy = new MockResponse.Builder();
    Arrival exchange = Connection.arriving();
    if (exchange != null) {
      if (exchange.fault(faults::take).equals(Fault.dropMidBody())) {
        policy.onRequestBody(new SocketEffect.CloseSocket());
      }
      if (exchange.hasUnreadableBody()) {
        policy.doNotReadRequestBody(); // and the connection is of no use any more
      }
      if (exchange.expectsContinue()) {
        policy.add100Continue();
      }
    }
    return policy.build();
  }

  @Override
  public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
    forgetRecorded();
    Arrival exchange = Connection.arrived();
    if (exchange != null && exchange.isCut()) {
      return NO_ANSWER; // a body that was in the library's buffer already when the connection was closed on it
    }
    Fault fault = exchange == null ? faults.take() : exchange.fault(faults::take);
    OssRequest request = OssRequest.of(recorded);
    Delivery delivery = courier.deliver(request, fault);
    int status = delivery.manner() == Delivery.Manner.NONE ? 0 : delivery.answer().status();
    log(new ReceivedRequest(request.method(), request.target(), request.headers(), request.body().size(), status, delivery.fault()));
    return response(delivery, exchange != null && exchange.hasUnreadableBody());
  }

  private static MockResponse response(Delivery delivery, boolean lastOfItsConnection) {
    if (delivery.manner() == Delivery.Manner.NONE) {
      return NO_ANSWER;
    }
    Answer answer = delivery.answer();
    boolean half = delivery.manner() == Delivery.Manner.HALF;
    MockResponse.Builder response = new MockResponse.Builder().code(answer.status()).clearHeaders();
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      response.addHeader(header.getKey(), header.getValue());
    }
    int size = answer.body().size();
    if (size > 0) {
      response.body(new Buffer().write(half ? answer.body().substring(0, size / 2) : answer.body()));
      response.setHeader("Content-Length", size); // of the whole body, whatever is sent of it
    }
    if (half || answer.closes() || lastOfItsConnection) {
      response.onResponseEnd(new SocketEffect.CloseSocket());
    }
    return response.build();
  }

  private void cut(Arrival exchange) {
    faults.count(Fault.dropMidBody());
    log(exchange.unfinished());
  }

  private void log(ReceivedRequest request) {
    synchronized (received) {
      received.add(request);
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
