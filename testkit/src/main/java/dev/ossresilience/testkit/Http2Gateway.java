package dev.ossresilience.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in front of a simulator to which clients speak HTTP/2 in clear text, by prior knowledge: OSS itself doesn't, but what stands
 * before it may. Passes on what it is asked, and can reset streams instead, if one request comes after the other.
 */
public final class Http2Gateway implements AutoCloseable {
  private static final MockResponse AS_USUAL = new MockResponse.Builder().build();

  private record Reset(int code, boolean afterwards) {}

  private final MockWebServer server = new MockWebServer();
  private final OkHttpClient onwards = new OkHttpClient.Builder().retryOnConnectionFailure(false).followRedirects(false).build();
  private final ConcurrentLinkedQueue<Reset> resets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrivals = new AtomicInteger();
  private final HttpUrl behind;

  private Http2Gateway(String behind) {
    this.behind = HttpUrl.get(behind);
  }

  /**
   * Starts one on any free port.
   *
   * @throws UncheckedIOException if it can't listen
   */
  public static Http2Gateway to(OssSimulator simulator) {
    Http2Gateway gateway = new Http2Gateway(simulator.endpoint());
    gateway.server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    gateway.server.setDispatcher(gateway.new Handler());
    try {
      gateway.server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    } catch (IOException e) {
      gateway.close();
      throw new UncheckedIOException("can't listen on 127.0.0.1", e);
    }
    return gateway;
  }

  /** Where it listens, for example {@code http://127.0.0.1:41234}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** How many requests have come, those included whose stream was reset. */
  public int arrivals() {
    return arrivals.get();
  }

  /** Takes the next request as it comes, body and all, and resets its stream with this HTTP/2 error code; it is not passed on. */
  public void resetNext(int code) {
    resets.add(new Reset(code, false));
  }

  /** The same after the request was passed on and answered, of which the client hears nothing. */
  public void passOnAndResetNext(int code) {
    resets.add(new Reset(code, true));
  }

  @Override
  public void close() {
    server.close();
    onwards.dispatcher().executorService().shutdown();
    onwards.connectionPool().evictAll();
  }

  private MockResponse answer(RecordedRequest recorded) {
    arrivals.incrementAndGet();
    Reset reset = resets.poll();
    try {
      return reset == null || reset.afterwards() ? passOn(recorded) : AS_USUAL;
    } catch (IOException e) {
      return new MockResponse.Builder().code(502).body("The simulator gave no answer: " + e).build();
    }
  }

  private MockResponse passOn(RecordedRequest recorded) throws IOException {
    Request.Builder request = new Request.Builder().url(behind.toString().replaceAll("/$", "") + recorded.getTarget());
    recorded.getHeaders().forEach(
        header -> {
          if (!header.getFirst().startsWith(":")) {
            request.addHeader(header.getFirst(), header.getSecond());
          }
        });
    request.method(recorded.getMethod(), body(recorded));
    if (recorded.getHeaders().get("Accept-Encoding") == null) {
      request.header("Accept-Encoding", "identity"); // else the client here would ask for compression by itself
    }
    try (Response response = onwards.newCall(request.build()).execute()) {
      MockResponse.Builder answer = new MockResponse.Builder().code(response.code());
      ByteString bytes = response.body().byteString();
      if (bytes.size() > 0) {
        answer.body(new Buffer().write(bytes));
      }
      return answer.headers(response.headers().newBuilder().removeAll("Connection").build()).build();
    }
  }

  private static @Nullable RequestBody body(RecordedRequest recorded) {
    ByteString bytes = recorded.getBody();
    boolean needed = recorded.getMethod().equals("PUT") || recorded.getMethod().equals("POST");
    return bytes == null && !needed ? null : RequestBody.create(bytes == null ? ByteString.EMPTY : bytes, null);
  }

  private final class Handler extends Dispatcher {
    /** What the library asks when a stream begins decides on its end, too. */
    @Override
    public MockResponse peek() {
      Reset reset = resets.peek();
      return reset == null ? AS_USUAL : new MockResponse.Builder().onResponseStart(new SocketEffect.CloseStream(reset.code())).build();
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
      while (server.takeRequest(0, TimeUnit.NANOSECONDS) != null) {
        // The library keeps what nobody takes.
      }
      return answer(recorded);
    }
  }
}
