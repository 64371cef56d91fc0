package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.testkit.Http2Gateway;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands before OSS may speak HTTP/2, where a request can end without its connection. */
class Http2Test extends OverSimulator {
  /** How the client is made. */
  enum Through {
    CONFIGURE,
    WRAP
  }

  private final Http2Gateway gateway = Http2Gateway.to(server);
  private final Map<Through, CloseableHttpAsyncClient> clients = new EnumMap<>(Through.class);

  @AfterEach
  void closeAsync() {
    clients.values().forEach(each -> each.close(CloseMode.IMMEDIATE));
    gateway.close();
  }

  private CloseableHttpAsyncClient open(Through through) {
    OssResilience oss = settings().endpoint(OssEndpoint.of(gateway.endpoint())).scheduler(new VirtualScheduler(time)).build();
    TlsConfig http2 = TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2).build();
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom().setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create().setDefaultTlsConfig(http2).build());
    CloseableHttpAsyncClient client =
        through == Through.CONFIGURE
            ? OssHttpClients.configure(builder, oss).build()
            : OssHttpClients.wrap(builder.disableAutomaticRetries().disableRedirectHandling().build(), oss);
    client.start();
    return client;
  }

  private SimpleHttpResponse call(Through through, String method, String keyAndQuery, byte @Nullable [] body, boolean oneShot) throws Exception {
    TestRequest request = new TestRequest(method, URI.create(gateway.endpoint() + "/logs/" + keyAndQuery), Map.of(), body, oneShot);
    CloseableHttpAsyncClient client = clients.computeIfAbsent(through, this::open);
    return client.execute(AsyncUnderTest.producer(request), SimpleResponseConsumer.create(), null).get(20, TimeUnit.SECONDS);
  }

  private SimpleHttpResponse call(Through through, String method, String keyAndQuery, byte @Nullable [] body) throws Exception {
    return call(through, method, keyAndQuery, body, false);
  }

  private void append(Through through) throws Exception {
    SimpleHttpResponse response = call(through, "POST", "app.log?append&position=0", bytes("hello"));
    assertThat(response.getCode()).isEqualTo(200);
    assertThat(response.getFirstHeader("x-oss-next-append-position").getValue()).isEqualTo("5");
    assertThat(stored("app.log")).isEqualTo("hello");
  }

  /** Everything that came is told, and was meant. */
  private void assertNothingWasSentUnseen() {
    ExchangeReport report = reports.get(0);
    long probes = report.events().stream().filter(event -> event.kind() == Event.Kind.PROBE).count();
    assertThat(gateway.arrivals()).isEqualTo(report.attempts() + (int) probes);
  }

  @ParameterizedTest
  @EnumSource
  void busyServerIsAskedAgain(Through through) throws Exception {
    server.faults().next(Fault.throttled("ServerBusy"));
    SimpleHttpResponse put = call(through, "PUT", "a", bytes("hello"));
    assertThat(put.getCode()).isEqualTo(200);
    assertThat(put.getVersion()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(stored("a")).isEqualTo("hello");
    server.faults().next(Fault.throttled("ServerBusy"));
    assertThat(call(through, "GET", "a", null).getBodyText()).isEqualTo("hello");
    server.faults().next(Fault.throttled("ServerBusy"));
    append(through);
    assertThat(reports).extracting(ExchangeReport::attempts).containsExactly(2, 2, 2);
    assertThat(gateway.arrivals()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"CONFIGURE,2", "CONFIGURE,7", "CONFIGURE,8", "WRAP,2", "WRAP,7", "WRAP,8"})
  void appendWhoseStreamIsResetIsNotSentAgainUnseen(Through through, int code) throws Exception {
    gateway.resetNext(code);
    append(through);
    assertThat(reports.get(0).attempts()).isEqualTo(2);
    assertNothingWasSentUnseen();
  }

  @ParameterizedTest
  @CsvSource({"CONFIGURE,2", "CONFIGURE,8", "WRAP,2", "WRAP,8"})
  void appendThatWasStoredBeforeItsStreamWasResetIsStoredOnce(Through through, int code) throws Exception {
    gateway.passOnAndResetNext(code);
    append(through);
    assertThat(reports.get(0).recovered()).isTrue();
    assertNothingWasSentUnseen();
  }

  @ParameterizedTest
  @CsvSource({"CONFIGURE,2", "CONFIGURE,7", "CONFIGURE,8", "WRAP,2", "WRAP,7", "WRAP,8"})
  void readsAndOverwritesAreRepeated(Through through, int code) throws Exception {
    gateway.resetNext(code);
    assertThat(call(through, "PUT", "a", bytes("hello")).getCode()).isEqualTo(200);
    assertThat(stored("a")).isEqualTo("hello");
    gateway.resetNext(code);
    assertThat(call(through, "GET", "a", null).getBodyText()).isEqualTo("hello");
    assertThat(gateway.arrivals()).isEqualTo(4);
    assertThat(reports).extracting(ExchangeReport::attempts).containsExactly(2, 2);
  }

  @ParameterizedTest
  @CsvSource({"CONFIGURE,2", "CONFIGURE,7", "WRAP,2", "WRAP,7"})
  void oneShotBodyIsSentOnceAndFailsWithTheFirstError(Through through, int code) {
    gateway.resetNext(code);
    assertThatThrownBy(() -> call(through, "PUT", "a", bytes("hello"), true)).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
    assertThat(gateway.arrivals()).isEqualTo(1);
    assertThat(stored("a")).isEqualTo("(absent)");
  }
}
