package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.testkit.conformance.TestRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is cancelled while it waits for a connection is never sent, although its turn would come. */
@Timeout(30)
class GivenUpUnderWayTest extends OverSimulator {
  private final PoolingAsyncClientConnectionManager pool =
      PoolingAsyncClientConnectionManagerBuilder.create().setMaxConnTotal(1).setMaxConnPerRoute(1).build();
  private final List<String> got = new CopyOnWriteArrayList<>();
  private final CountDownLatch hasOne = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private ServerSocket slow;

  @BeforeEach
  void listen() throws IOException {
    slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::answerOneAfterTheOther);
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() throws IOException {
    slow.close();
  }

  private void answerOneAfterTheOther() {
    try {
      while (true) {
        try (Socket connection = slow.accept()) {
          answer(connection);
        }
      }
    } catch (IOException | InterruptedException e) {
      // the test is over
    }
  }

  private void answer(Socket connection) throws IOException, InterruptedException {
    BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.endsWith(" HTTP/1.1")) {
        got.add(line.substring(0, line.indexOf(" HTTP/1.1")));
      }
      if (line.isEmpty()) {
        hasOne.countDown();
        mayAnswer.await();
        connection.getOutputStream().write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-oss-request-id: 1\r\n\r\nok"));
      }
    }
  }

  private OssResilience oss() {
    return settings().endpoint(OssEndpoint.of("http://127.0.0.1:" + slow.getLocalPort())).build();
  }

  private HttpAsyncClientBuilder builder() {
    return HttpAsyncClients.custom().setConnectionManager(pool).disableAutomaticRetries();
  }

  private Future<SimpleHttpResponse> begin(CloseableHttpAsyncClient through, String method, String key) {
    URI uri = URI.create("http://127.0.0.1:" + slow.getLocalPort() + "/logs/" + key);
    return through.execute(AsyncUnderTest.producer(new TestRequest(method, uri, Map.of(), null, false)), SimpleResponseConsumer.create(), null);
  }

  private void cancelOneThatWaitsForAConnection(CloseableHttpAsyncClient client) throws Exception {
    client.start();
    try {
      Future<SimpleHttpResponse> first = begin(client, "GET", "first");
      hasOne.await();
      Future<SimpleHttpResponse> second = begin(client, "DELETE", "second");
      while (pool.getTotalStats().getPending() == 0) {
        Thread.onSpinWait();
      }

      second.cancel(true);

      assertThatThrownBy(second::get).isInstanceOf(CancellationException.class);
      mayAnswer.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(200);
      assertThat(begin(client, "GET", "third").get(10, TimeUnit.SECONDS).getCode()).as("got so far: %s", got).isEqualTo(200);
      assertThat(got).containsExactly("GET /logs/first", "GET /logs/third");
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  @Test
  void callCancelledWhileItWaitsForAConnectionIsNeverSent() throws Exception {
    cancelOneThatWaitsForAConnection(OssHttpClients.configure(builder(), oss()).build());
  }

  @Test
  void norIsThatOfAWrapper() throws Exception {
    cancelOneThatWaitsForAConnection(OssHttpClients.wrap(builder().disableRedirectHandling().build(), oss()));
  }
}
