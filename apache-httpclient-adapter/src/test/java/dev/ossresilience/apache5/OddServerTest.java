package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.apache5.OverSimulator.Reply;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OSS never answers, but something between may. */
@Timeout(60)
class OddServerTest {
  /** More than the patience for them lasts, and less than is ever looked at of an error. */
  private static final int DRIPS = 1000;

  private final VirtualTime time = new VirtualTime();
  private final Deque<HttpHandler> answers = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final CloseableHttpClient client;

  OddServerTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OssResilience twice =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(url("")))
            .policy(RetryPolicy.builder().maxAttempts(2).build())
            .time(time, time)
            .build();
    client = OssHttpClients.wrap(HttpClients.custom().disableAutomaticRetries().build(), twice);
  }

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.createContext("/", exchange -> next().handle(exchange));
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized HttpHandler next() {
    return answers.remove();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(500, 0);
    byte[] junk = new byte[8192];
    while (true) { // until the client hangs up
      exchange.getResponseBody().write(junk);
    }
  }

  private static HttpHandler gzipped(int status, String text) {
    return exchange -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(status, bytes.size());
      exchange.getResponseBody().write(bytes.toByteArray());
      exchange.close();
    };
  }

  private Reply get() throws IOException {
    return OverSimulator.send(client, new HttpGet(url("/logs/a")));
  }

  @Test
  void endlessErrorIsAbandoned() throws IOException {
    answers.addAll(List.of(OddServerTest::endless, gzipped(200, "fine")));

    assertThat(get()).returns(200, Reply::status).returns("fine", Reply::body);
  }

  /** A byte at a time; then it ends, or there is silence while the test runs. */
  private HttpHandler dripping(boolean ends) {
    return exchange -> {
      exchange.sendResponseHeaders(500, 0);
      for (int i = 0; i < DRIPS; i++) {
        exchange.getResponseBody().write('x');
        exchange.getResponseBody().flush();
      }
      if (ends) {
        exchange.close();
      }
    };
  }

  /** To whoever looks at the clock 100 ms have passed. */
  private OssResilience impatient() {
    TimeSource ticking =
        new TimeSource() {
          @Override
          public Instant wallTime() {
            return time.wallTime();
          }

          @Override
          public long nanoTime() {
            time.advance(Duration.ofMillis(100));
            return time.nanoTime();
          }
        };
    return OssResilience.builder()
        .endpoint(OssEndpoint.of(url("")))
        .policy(RetryPolicy.builder().maxAttempts(2).totalTimeout(Duration.ofHours(1)).build())
        .time(ticking, time)
        .build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void errorThatDripsIsNotWaitedFor(boolean configured) throws IOException {
    try (CloseableHttpClient through =
        configured
            ? OssHttpClients.configure(HttpClients.custom(), impatient()).build()
            : OssHttpClients.wrap(HttpClients.custom().disableAutomaticRetries().build(), impatient())) {
      answers.addAll(List.of(dripping(false), gzipped(200, "fine")));
      assertThat(OverSimulator.send(through, new HttpGet(url("/logs/a")))).as("goes on without the rest").returns(200, Reply::status);

      answers.addAll(List.of(dripping(false), dripping(true)));
      Reply last = OverSimulator.send(through, new HttpGet(url("/logs/a")));
      assertThat(last).as("the caller may wait for the last one").returns(500, Reply::status).returns("x".repeat(DRIPS), Reply::body);
    }
  }

  @Test
  void compressedErrorIsUnderstood() throws IOException {
    String timeout = "<Error><Code>RequestTimeout</Code></Error>";
    answers.addAll(List.of(gzipped(400, timeout), gzipped(400, timeout)));

    Reply reply = get();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).isEqualTo(timeout);
    assertThat(answers).isEmpty();
  }

  @Test
  void responseThatHoldsNoConnectionHasHeadersThatFitItsBody() throws IOException {
    String text = "<Error><Code>AccessDenied</Code></Error>";
    answers.add(gzipped(403, text));
    try (CloseableHttpClient plain = HttpClients.createDefault();
        var response = plain.executeOpen(null, new HttpGet(url("/logs/a")), null)) {
      byte[] body = response.getEntity().getContent().readAllBytes();

      Reply detached = OverSimulator.read(Responses.detached(response, body));

      assertThat(detached.body()).isEqualTo(text);
      assertThat(detached.header("Content-Length")).isEqualTo(Integer.toString(text.length()));
      assertThat(detached.header("Content-Encoding")).isEmpty();
      assertThat(detached.header("Date")).isNotEmpty();
    }
  }

  @Test
  void corruptCompressionIsAnErrorWithoutACode() throws IOException {
    HttpHandler corrupt =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(503, 5);
          exchange.getResponseBody().write("plain".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        };
    answers.addAll(List.of(corrupt, gzipped(200, "fine")));

    assertThat(get()).returns(200, Reply::status).returns("fine", Reply::body);
  }
}
