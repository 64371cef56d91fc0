package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.fault.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.MicrometerHttpClientInterceptor;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.MicrometerHttpRequestExecutor;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.ObservationExecChainHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/composing.md says of Micrometer beside HttpClient: of a lost answer, a 503 and then a success, what is counted where. */
@SuppressWarnings("deprecation") // what Micrometer has deprecated is still what many have
class MicrometerTest extends OverSimulator {
  private static final String[] THE_CALL = {"200"};
  private static final String[] EACH_ATTEMPT = {"200", "503", "IO_ERROR"};
  private static final String[] EACH_ANSWER = {"200", "503"};

  private final MeterRegistry outside = new SimpleMeterRegistry();
  private final MeterRegistry inside = new SimpleMeterRegistry();

  @BeforeEach
  void twoFailures() {
    server.faults().next(Fault.drop(), Fault.error(503, "ServiceUnavailable"));
  }

  @Test
  void observationsBeforeOursCountTheCallAndBehindItEachAttempt() throws IOException {
    HttpClientBuilder builder =
        HttpClients.custom()
            .addExecInterceptorFirst("outside", observing(outside))
            .addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "inside", observing(inside));
    put(OssHttpClients.configure(builder, settings().build()).build());
    assertCounted(outside, THE_CALL);
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void observationsOfAnAsynchronousClientDoToo() throws Exception {
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .addExecInterceptorFirst("outside", observing(outside))
            .addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "inside", observing(inside));
    put(OssHttpClients.configure(builder, settings().scheduler(new VirtualScheduler(time)).build()).build());
    assertCounted(outside, THE_CALL);
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void observationsOfAWrappedClientCountEachAttempt() throws IOException {
    put(OssHttpClients.wrap(HttpClients.custom().disableAutomaticRetries().addExecInterceptorFirst("inside", observing(inside)).build(), settings().build()));
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void observationsOfAWrappedAsynchronousClientDoToo() throws Exception {
    HttpAsyncClientBuilder builder = HttpAsyncClients.custom().disableAutomaticRetries().addExecInterceptorFirst("inside", observing(inside));
    builder.disableRedirectHandling();
    put(OssHttpClients.wrap(builder.build(), settings().scheduler(new VirtualScheduler(time)).build()));
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void theTwoInterceptorsCountEachAnswer() throws IOException {
    MicrometerHttpClientInterceptor both = new MicrometerHttpClientInterceptor(inside, Tags.empty(), false);
    HttpClientBuilder builder =
        HttpClients.custom().addRequestInterceptorFirst(both.getRequestInterceptor()).addResponseInterceptorLast(both.getResponseInterceptor());
    put(OssHttpClients.configure(builder, settings().build()).build());
    assertCounted(inside, EACH_ANSWER);
  }

  @Test
  void theTwoInterceptorsOfAnAsynchronousClientDoToo() throws Exception {
    MicrometerHttpClientInterceptor both = new MicrometerHttpClientInterceptor(inside, Tags.empty(), false);
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom().addRequestInterceptorFirst(both.getRequestInterceptor()).addResponseInterceptorLast(both.getResponseInterceptor());
    put(OssHttpClients.configure(builder, settings().scheduler(new VirtualScheduler(time)).build()).build());
    assertCounted(inside, EACH_ANSWER);
  }

  @Test
  void theTwoInterceptorsOfAWrappedClientDoToo() throws IOException {
    MicrometerHttpClientInterceptor both = new MicrometerHttpClientInterceptor(inside, Tags.empty(), false);
    HttpClientBuilder builder =
        HttpClients.custom().addRequestInterceptorFirst(both.getRequestInterceptor()).addResponseInterceptorLast(both.getResponseInterceptor());
    put(OssHttpClients.wrap(builder.disableAutomaticRetries().build(), settings().build()));
    assertCounted(inside, EACH_ANSWER);
  }

  @Test
  void theRequestExecutorCountsEachAttempt() throws IOException {
    HttpClientBuilder builder = HttpClients.custom().setRequestExecutor(MicrometerHttpRequestExecutor.builder(inside).build());
    put(OssHttpClients.configure(builder, settings().build()).build());
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void theRequestExecutorOfAWrappedClientDoesToo() throws IOException {
    HttpClientBuilder builder = HttpClients.custom().setRequestExecutor(MicrometerHttpRequestExecutor.builder(inside).build());
    put(OssHttpClients.wrap(builder.disableAutomaticRetries().build(), settings().build()));
    assertCounted(inside, EACH_ATTEMPT);
  }

  private static ObservationExecChainHandler observing(MeterRegistry meters) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    return new ObservationExecChainHandler(observations);
  }

  private void put(CloseableHttpClient through) throws IOException {
    try (through) {
      assertThat(send(through, put("a.txt", "hello")).status()).isEqualTo(200);
    }
    assertThat(traffic()).containsExactly("PUT dropped", "PUT 503", "PUT 200");
  }

  private void put(CloseableHttpAsyncClient through) throws Exception {
    try (through) {
      through.start();
      TestRequest put = new TestRequest("PUT", URI.create(url("a.txt")), Map.of(), bytes("hello"), false);
      assertThat(through.execute(AsyncUnderTest.producer(put), SimpleResponseConsumer.create(), null).get().getCode()).isEqualTo(200);
    }
    assertThat(traffic()).containsExactly("PUT dropped", "PUT 503", "PUT 200");
  }

  /** The statuses of the answers that were timed, or what else the timers say of an attempt; each was timed once. */
  private static void assertCounted(MeterRegistry meters, String... statuses) {
    assertThat(meters.find("httpcomponents.httpclient.request").timers())
        .extracting(timer -> timer.getId().getTag("status") + (timer.count() == 1 ? "" : " " + timer.count() + " times"))
        .containsExactlyInAnyOrder(statuses);
  }
}
