package dev.ossresilience.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.signing.Credentials;
import dev.ossresilience.signing.CredentialsProvider;
import dev.ossresilience.signing.OssSigner;
import dev.ossresilience.testkit.OssSimulator;
import dev.ossresilience.testkit.VirtualTime;
import dev.ossresilience.testkit.fault.Fault;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** OkHttp against the simulator in virtual time, measured by a Prometheus registry. */
abstract class OverSimulator {
  final VirtualTime time = new VirtualTime();
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  OssSimulator server;
  OssMetrics metrics;
  OssResilience oss;
  OkHttpClient client;

  @BeforeEach
  void start() {
    server = OssSimulator.builder().time(time).start();
    metrics = OssMetrics.bindTo(registry);
    oss =
        metrics.watch(
            OssResilience.builder()
                .endpoint(OssEndpoint.of(server.endpoint()))
                .signer(OssSigner.v4("cn-hangzhou", CredentialsProvider.of(Credentials.of("ak", "sk"))))
                .policy(RetryPolicy.builder().maxAttempts(2).build())
                .events(metrics)
                .time(time, time)
                .build());
    client = new OkHttpClient.Builder().addInterceptor(OssRetryInterceptor.of(oss)).build();
  }

  @AfterEach
  void stop() {
    client.connectionPool().evictAll();
    server.close();
  }

  private String url(String key) {
    return OssEndpoint.of(server.endpoint()).urlOf("logs", key);
  }

  /** Puts an object whose key and content are to be seen in no metric; the status, or the name of what was thrown. */
  String put(Fault... faults) {
    return send(new Request.Builder().url(url("CANARY-KEY")).put(RequestBody.create("CANARY".getBytes(UTF_8), null)), faults);
  }

  /** Appends and doesn't learn what came of it. */
  String appendInDoubt() {
    Fault[] silence = new Fault[20];
    Arrays.fill(silence, Fault.drop());
    return send(new Request.Builder().url(url("CANARY-LOG") + "?append&position=0").post(RequestBody.create("CANARY".getBytes(UTF_8), null)), silence);
  }

  private String send(Request.Builder request, Fault... faults) {
    server.faults().next(faults);
    try (Response response = client.newCall(request.build()).execute()) {
      return Integer.toString(response.code());
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }

  /** One of everything that is counted. */
  void everything() {
    server.clockOffset(Duration.ofHours(1));
    put();
    put(Fault.slowed(80));
    put(Fault.internalError());
    put(Fault.throttled("TotalQpsLimitExceeded"));
    put(Fault.internalError(), Fault.internalError());
    appendInDoubt();
    for (int i = 0; i < 10; i++) {
      put(Fault.internalError(), Fault.internalError()); // until the budget is used up
    }
  }

  /** The value of a line of the scrape. */
  double value(String line) {
    return registry.scrape().lines().filter(l -> l.startsWith(line + " ")).mapToDouble(l -> Double.parseDouble(l.substring(line.length() + 1))).findFirst()
        .orElseThrow(() -> new AssertionError("no " + line + " in\n" + registry.scrape()));
  }
}
