package dev.ossresilience.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.http.Query;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.signing.SigningRequest;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server as a server: many connections at once, real clients, its start and its end. */
class ServerTest extends SimulatorFixture {
  private static final int THREADS = 8;
  private static final int REQUESTS_PER_THREAD = 150;

  private final OkHttpClient okHttp = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

  @AfterEach
  void closeOkHttp() {
    okHttp.connectionPool().evictAll();
    okHttp.dispatcher().executorService().shutdown();
  }

  @Test
  void underConcurrencyEachRequestMeetsItsOwnFaultAndIsListedOnce() throws Exception {
    long seed = System.nanoTime();
    oss.faults().random(seed, 0.6, Fault.dropMidBody(), Fault.drop(), Fault.applyThenDrop(), Fault.internalError(), Fault.requestTimeout());
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<List<Integer>>> writers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String key = "k" + i;
        writers.add(() -> appendAgainAndAgain(key));
      }
      List<Integer> seen = new ArrayList<>();
      for (Future<List<Integer>> statuses : threads.invokeAll(writers)) {
        seen.addAll(statuses.get());
      }
      assertThat(oss.requests()).as("seed %d", seed).extracting(ReceivedRequest::status).containsExactlyInAnyOrderElementsOf(seen);
    } finally {
      threads.shutdownNow();
    }
    long faulty = oss.requests().stream().filter(request -> request.fault() != null).count();
    assertThat(oss.faults().happened().values().stream().mapToInt(Integer::intValue).sum()).as("seed %d", seed).isEqualTo((int) faulty);
    assertThat(oss.faults().happened()).as("seed %d", seed).hasSize(5);
  }

  /** Sends appends of changing length, always at the true end; the statuses seen, each checked against what was stored. */
  private List<Integer> appendAgainAndAgain(String key) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (RawClient own = new RawClient(oss, time::wallTime)) {
      for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
        int before = storedLength(key);
        int length = i % 3 == 0 ? 10_000 : 7; // more and less than the library buffers
        int status = own.append(key, before, "x".repeat(length)).status();
        statuses.add(status);
        assertThat(storedLength(key) - before).isIn(status == 200 ? List.of(length) : status == 0 ? List.of(0, length) : List.of(0));
        if (status == 400) {
          own.disconnect(); // RequestTimeout: the server closes
        }
      }
    }
    return statuses;
  }

  private int storedLength(String key) {
    byte[] stored = oss.bytesOf("logs", key);
    return stored == null ? 0 : stored.length;
  }

  @Test
  void aRealClientReadsAndWrites() throws IOException {
    try (Response append = send("POST", "append&position=0", RequestBody.create(bytes("hello")))) {
      assertThat(append.code()).isEqualTo(200);
    }
    try (Response get = send("GET", "", null)) {
      assertThat(get.body().string()).isEqualTo("hello");
    }
    try (Response head = send("HEAD", "", null)) {
      assertThat(head.header("Content-Length")).isEqualTo("5");
    }
  }

  @Test
  void aBodyOfUnknownLengthIsReadInChunks() throws IOException {
    try (Response put = send("PUT", "", chunked("hello"))) {
      assertThat(put.code()).isEqualTo(200);
    }
    assertThat(stored("k")).isEqualTo("hello");
    oss.faults().next(Fault.dropMidBody());
    assertThatThrownBy(() -> send("POST", "append&position=0", chunked("more"))).isInstanceOf(IOException.class);
    assertThat(stored("k")).isEqualTo("hello");
    assertThat(oss.faults().happened(Fault.dropMidBody())).isEqualTo(1);
  }

  @Test
  void closingEndsIdleConnectionsAndFreesThePort() throws IOException {
    client.delete("k");
    int port = URI.create(oss.endpoint()).getPort();
    oss.close();
    oss.close();
    assertThat(client.isClosedByServer()).isTrue();
    try (OssSimulator again = OssSimulator.builder().port(port).start()) {
      assertThat(again.endpoint()).isEqualTo("http://127.0.0.1:" + port);
      assertThatThrownBy(() -> OssSimulator.builder().port(port).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("choose another");
    }
  }

  @Test
  void closingDoesNotWaitForARequestThatIsStillArriving() throws IOException {
    client.delete("k");
    client.sendOnly("PUT /logs/k HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    oss.close();
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(stored("k")).isEqualTo("(absent)");
  }

  private Response send(String method, String query, @Nullable RequestBody body) throws IOException {
    SigningRequest signing = new SigningRequest(method, "logs", "k", Query.parse(query), new TreeMap<>());
    String url = oss.endpoint() + "/logs/k" + (query.isEmpty() ? "" : "?" + query);
    Request.Builder request = new Request.Builder().url(url).method(method, body);
    OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))).sign(signing, time.wallTime()).forEach(request::header);
    return okHttp.newCall(request.build()).execute();
  }

  private static RequestBody chunked(String body) {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes(body));
      }
    };
  }
}
