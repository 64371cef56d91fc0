package dev.ossresilience.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.apache5.OssHttpClients;
import dev.ossresilience.append.OssAppender;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.okhttp.OssAppenders;
import dev.ossresilience.okhttp.OssCallFactory;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.policy.Backoff;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulatorExtension;
import dev.ossresilience.testkit.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** On virtual threads a blocking call that waits for an answer or for its next attempt holds no thread of the machine's. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(120)
class VirtualThreadsTest {
  private static final int CALLS = 40;

  /** Each wait, for an attempt or an answer. Twice what the recording overlooks, which a class being loaded may take. */
  private static final Duration WAIT = Duration.ofMillis(60);

  private static final Duration OVERLOOKED = Duration.ofMillis(30);

  @RegisterExtension final OssSimulatorExtension server = OssSimulatorExtension.create();

  @TempDir private Path recordings;

  private final AtomicInteger attempts = new AtomicInteger();

  private OssResilience oss;

  @BeforeEach
  void build() {
    oss =
        OssResilience.builder()
            .endpoint(OssEndpoint.of(server.endpoint()))
            .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
            .policy(RetryPolicy.builder().maxAttempts(20).transientBackoff(Backoff.fixed(WAIT)).build())
            .retryBudget(RetryBudget.unlimited())
            .withoutCircuitBreaker()
            .pacing(false)
            .listener(report -> attempts.addAndGet(report.attempts()))
            .build();
  }

  @Test
  void okHttpInterceptor() throws Exception {
    assertPinsNothing(okHttp(new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build()));
  }

  @Test
  void okHttpCallFactory() throws Exception {
    assertPinsNothing(okHttp(OssCallFactory.of(new OkHttpClient(), oss)));
  }

  @Test
  void httpClient() throws Exception {
    var connections = PoolingHttpClientConnectionManagerBuilder.create().setMaxConnPerRoute(CALLS).setMaxConnTotal(CALLS).build();
    try (CloseableHttpClient client = OssHttpClients.configure(HttpClients.custom().setConnectionManager(connections), oss).build()) {
      assertPinsNothing(() -> client.execute(new HttpGet(url()), response -> response.getCode()));
    }
  }

  @Test
  void appender() throws Exception {
    OkHttpClient client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
    OssAppender log = OssAppenders.open(client, oss.endpoint(), "logs", "app.log");
    assertPinsNothing(() -> log.append("a record\n".getBytes(UTF_8)) < 0 ? 500 : 200);
  }

  /** The proof that the tests above can fail: a class is initialized in native code, which nothing can unmount. */
  @Test
  void waitThatPinsIsFoundOut() throws Exception {
    assertThat(pinned(List.of(() -> Pinning.SLEPT))).isNotEmpty();
  }

  private static final class Pinning {
    private static final int SLEPT = sleep();

    private static int sleep() {
      try {
        Thread.sleep(WAIT.toMillis());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return 200;
    }
  }

  private void assertPinsNothing(Callable<Integer> call) throws Exception {
    server.faults().random(20260115, 0.5, Fault.internalError(), Fault.requestTimeout(), Fault.drop(), Fault.applyThenAnswerLate(WAIT));
    List<Callable<Integer>> calls = Collections.nCopies(CALLS, call);
    pinned(calls); // a rehearsal, in which classes are loaded: who waits for that is pinned, whoever the caller
    attempts.set(0);

    List<String> pinned = pinned(calls);

    assertThat(attempts.get()).as("attempts of %d calls", CALLS).isGreaterThan(CALLS);
    assertThat(pinned).isEmpty();
  }

  /** Where the calls, each on a virtual thread of its own, held the thread below. */
  private List<String> pinned(List<Callable<Integer>> calls) throws Exception {
    Path file = recordings.resolve("pinned.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(OVERLOOKED).withStackTrace();
      recording.start();
      ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      try {
        for (Future<Integer> answer : threads.invokeAll(calls)) {
          assertThat(answer.get()).isIn(200, 404);
        }
      } finally {
        threads.shutdown();
      }
      recording.stop();
      recording.dump(file);
    }
    List<String> pinned = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (!event.hasField("pinnedReason") || !String.valueOf(event.getString("pinnedReason")).startsWith("Waited for initialization of ")) {
        pinned.add(event.toString()); // but for whoever waits while another loads a class
      }
    }
    Files.delete(file);
    return pinned;
  }

  private Callable<Integer> okHttp(Call.Factory calls) {
    return () -> {
      try (Response response = calls.newCall(new Request.Builder().url(url()).build()).execute()) {
        return response.code();
      }
    };
  }

  private String url() {
    return server.endpoint() + "/logs/hello.txt";
  }
}
