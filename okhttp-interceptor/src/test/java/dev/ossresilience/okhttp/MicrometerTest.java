package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.testkit.fault.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpMetricsEventListener;
import io.micrometer.core.instrument.binder.okhttp3.OkHttpObservationInterceptor;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** What docs/composing.md says of Micrometer beside OkHttp: of a lost answer, a 503 and then a success, what is counted where. */
class MicrometerTest extends OverCallFactory {
  private static final String NAME = "oss.requests";
  private static final String[] THE_CALL = {"200"};
  private static final String[] EACH_ATTEMPT = {"200", "503", "IO_ERROR"};
  private static final String[] THE_FIRST_ANSWER = {"503"};

  private final MeterRegistry outside = new SimpleMeterRegistry();
  private final MeterRegistry inside = new SimpleMeterRegistry();

  @Test
  void observationsBeforeOursCountTheCallAndBehindItEachAttempt() throws IOException {
    put(behind().addInterceptor(observing(outside)).addInterceptor(ours()).addInterceptor(observing(inside)).build(), false);
    assertCounted(outside, THE_CALL);
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void observationsOfTheNetworkCountEachAttempt() throws IOException {
    put(behind().addInterceptor(ours()).addNetworkInterceptor(observing(inside)).build(), false);
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void observationsOfAFactorysClientCountEachAttempt() throws IOException {
    put(OssCallFactory.of(OnOkHttp.client().addInterceptor(observing(inside)).build(), resilience().build()), false);
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void observationsOfEnqueuedCallsOfAFactorysDoToo() throws IOException {
    put(OssCallFactory.of(OnOkHttp.client().addInterceptor(observing(inside)).build(), resilience().build()), true);
    assertCounted(inside, EACH_ATTEMPT);
  }

  /** It stops its watch at the first headers that come. */
  @Test
  void theEventListenerTakesTheFirstAnswerForThatOfTheCall() throws IOException {
    put(OnOkHttp.client().addInterceptor(ours()).eventListener(listener(inside)).build(), false);
    assertCounted(inside, THE_FIRST_ANSWER);
  }

  @Test
  void theEventListenerOfAFactorysClientCountsEachAttempt() throws IOException {
    put(OssCallFactory.of(OnOkHttp.client().eventListener(listener(inside)).build(), resilience().build()), false);
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void theEventListenerOfAFactorysClientCountsEachAttemptOfEnqueuedCalls() throws IOException {
    put(OssCallFactory.of(OnOkHttp.client().eventListener(listener(inside)).build(), resilience().build()), true);
    assertCounted(inside, EACH_ATTEMPT);
  }

  @Test
  void anEnqueuedCallThatWaitsForItsTurnIsNoFailure() throws IOException {
    OssCallFactory calls = OssCallFactory.of(OnOkHttp.client().eventListener(listener(inside)).build(), resilience().build());
    server.faults().next(Fault.throttled("TotalQpsLimitExceeded"));
    List<Answer> answers = new ArrayList<>();
    enqueue(calls.newCall(request("first").put(RequestBody.create(HELLO, null)).build())).get().close();
    for (int i = 0; i < 10; i++) {
      answers.add(enqueue(calls.newCall(request("k" + i).put(RequestBody.create(HELLO, null)).build())));
    }
    for (Answer answer : answers) {
      answer.get().close();
    }
    assertThat(inside.find(NAME).tag("status", "IO_ERROR").timers()).isEmpty();
    assertThat(inside.get(NAME).tag("status", "200").timer().count()).isEqualTo(11);
  }

  private OssRetryInterceptor ours() {
    return OssRetryInterceptor.of(resilience().build());
  }

  /** For interceptors that come behind ours. */
  private static OkHttpClient.Builder behind() {
    return OnOkHttp.repeatingNothingUnseen(OnOkHttp.client().build());
  }

  private static Interceptor observing(MeterRegistry meters) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    return OkHttpObservationInterceptor.builder(observations, NAME).build();
  }

  private static OkHttpMetricsEventListener listener(MeterRegistry meters) {
    return OkHttpMetricsEventListener.builder(meters, NAME).build();
  }

  private void put(Call.Factory calls, boolean enqueued) throws IOException {
    server.faults().next(Fault.drop(), Fault.error(503, "ServiceUnavailable"));
    Call call = calls.newCall(request("a.txt").put(RequestBody.create(HELLO, null)).build());
    try (Response response = enqueued ? enqueue(call).get() : call.execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.requestCount()).isEqualTo(3);
  }

  /** The statuses of the answers that were timed, or what else the timers say of an attempt; each was timed once. */
  private static void assertCounted(MeterRegistry meters, String... statuses) {
    assertThat(meters.find(NAME).timers())
        .extracting(timer -> timer.getId().getTag("status") + (timer.count() == 1 ? "" : " " + timer.count() + " times"))
        .containsExactlyInAnyOrder(statuses);
  }
}
