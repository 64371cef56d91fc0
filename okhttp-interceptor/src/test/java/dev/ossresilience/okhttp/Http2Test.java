package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.OssResilience;
import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.Event;
import dev.ossresilience.report.ExchangeReport;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.testkit.Http2Gateway;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands before OSS may speak HTTP/2, where a request ends without its connection: reset by the server, and repeated by OkHttp if it may. */
@Timeout(60)
class Http2Test extends OverSimulator {
  private static final int INTERNAL_ERROR = 2;
  private static final int REFUSED_STREAM = 7; // 8 below is CANCEL

  /** How calls are made. */
  enum Through {
    INTERCEPTOR,
    FACTORY
  }

  private Http2Gateway gateway;
  private OkHttpClient plain;
  private OkHttpClient intercepted;
  private int limitedTo = 3;

  @BeforeEach
  void open() {
    gateway = Http2Gateway.to(server);
    List<Protocol> http2 = List.of(Protocol.H2_PRIOR_KNOWLEDGE);
    plain = new OkHttpClient.Builder().protocols(http2).build();
    intercepted = OnOkHttp.client().protocols(http2).build();
  }

  @AfterEach
  void shutDown() {
    for (OkHttpClient each : List.of(plain, intercepted)) {
      each.dispatcher().executorService().shutdown();
      each.connectionPool().evictAll();
    }
    gateway.close();
  }

  private OssResilience overGateway() {
    return resilience()
        .endpoint(OssEndpoint.of(gateway.endpoint()))
        .policy(RetryPolicy.builder().maxAttempts(limitedTo).build())
        .scheduler(new VirtualScheduler(time))
        .build();
  }

  private Response call(Through through, Request.Builder request) throws IOException {
    OssResilience oss = overGateway();
    Call.Factory calls =
        through == Through.FACTORY ? OssCallFactory.of(plain, oss) : intercepted.newBuilder().addInterceptor(OssRetryInterceptor.of(oss)).build();
    Response response = calls.newCall(request.build()).execute();
    assertThat(response.protocol()).isIn(Protocol.H2_PRIOR_KNOWLEDGE, Protocol.HTTP_1_1); // the latter if it was made up from what a probe said
    return response;
  }

  private Request.Builder to(String keyAndQuery) {
    return new Request.Builder().url(gateway.endpoint() + "/logs/" + keyAndQuery);
  }

  private Request.Builder append() {
    return to("app.log?append&position=0").post(RequestBody.create(HELLO, null));
  }

  private ExchangeReport report() {
    return reports.get(reports.size() - 1);
  }

  private void assertAppendedOnce(Response response) {
    try (response) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.header("x-oss-next-append-position")).isEqualTo(Integer.toString(HELLO.length));
    }
    assertThat(server.bytesOf("logs", "app.log")).isEqualTo(HELLO);
  }

  /** Everything that came is told, and was meant. */
  private void assertNothingWasSentUnseen() {
    long told = report().attempts() + report().events().stream().filter(event -> event.kind() == Event.Kind.PROBE).count();
    assertThat(gateway.arrivals()).isEqualTo((int) told);
  }

  @ParameterizedTest
  @EnumSource
  void aBusyServerIsAskedAgain(Through through) throws IOException {
    server.faults().next(Fault.throttled("ServerBusy"));
    try (Response put = call(through, to("a").put(RequestBody.create(HELLO, null)))) {
      assertThat(put.code()).isEqualTo(200);
      assertThat(put.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
    }
    assertThat(server.bytesOf("logs", "a")).isEqualTo(HELLO);
    server.faults().next(Fault.throttled("ServerBusy"));
    try (Response get = call(through, to("a").get())) {
      assertThat(get.body().bytes()).isEqualTo(HELLO);
    }
    server.faults().next(Fault.throttled("ServerBusy"));
    assertAppendedOnce(call(through, append()));
    assertThat(reports).extracting(ExchangeReport::attempts).containsExactly(2, 2, 2);
    assertThat(gateway.arrivals()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"INTERCEPTOR,2", "INTERCEPTOR,7", "INTERCEPTOR,8", "FACTORY,2", "FACTORY,7", "FACTORY,8"})
  void anAppendWhoseStreamIsResetIsNotSentAgainUnseen(Through through, int code) throws IOException {
    gateway.resetNext(code);
    assertAppendedOnce(call(through, append()));
    assertThat(report().attempts()).isEqualTo(2);
    assertNothingWasSentUnseen();
  }

  @ParameterizedTest
  @CsvSource({"INTERCEPTOR,2", "INTERCEPTOR,8", "FACTORY,2", "FACTORY,8"})
  void anAppendThatWasStoredBeforeItsStreamWasResetIsStoredOnce(Through through, int code) throws IOException {
    gateway.passOnAndResetNext(code);
    assertAppendedOnce(call(through, append()));
    assertThat(report().attempts()).as("the second is refused for its position, and a probe finds the first").isEqualTo(2);
    assertNothingWasSentUnseen();
  }

  @ParameterizedTest
  @EnumSource
  void anAppendOnARefusedStreamIsNotInDoubt(Through through) {
    limitedTo = 1;
    gateway.resetNext(REFUSED_STREAM);
    assertThatThrownBy(() -> call(through, append())).isInstanceOfSatisfying(IOException.class, e -> assertThat(AmbiguousAppendException.in(e)).isNull());
    gateway.resetNext(INTERNAL_ERROR);
    assertThatThrownBy(() -> call(through, append())).isInstanceOfSatisfying(IOException.class, e -> assertThat(AmbiguousAppendException.in(e)).isNotNull());
    assertThat(reports).extracting(ExchangeReport::outcome).containsExactly(Outcome.EXCEPTION, Outcome.AMBIGUOUS);
  }

  @ParameterizedTest
  @CsvSource({"INTERCEPTOR,2", "INTERCEPTOR,7", "INTERCEPTOR,8", "FACTORY,2", "FACTORY,7", "FACTORY,8"})
  void readsAndOverwritesAreRepeated(Through through, int code) throws IOException {
    gateway.resetNext(code);
    call(through, to("a").put(RequestBody.create(HELLO, null))).close();
    assertThat(server.bytesOf("logs", "a")).isEqualTo(HELLO);
    gateway.resetNext(code);
    try (Response get = call(through, to("a").get())) {
      assertThat(get.body().bytes()).isEqualTo(HELLO);
    }
    assertThat(gateway.arrivals()).isEqualTo(4);
    boolean isSeen = through == Through.FACTORY || OnOkHttp.canOverride(); // what OkHttp repeats by itself
    assertThat(reports).extracting(ExchangeReport::attempts).containsExactly(2, isSeen ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource({"INTERCEPTOR,2", "INTERCEPTOR,7", "FACTORY,2", "FACTORY,7"})
  void aOneShotBodyIsSentOnceAndFailsWithTheFirstError(Through through, int code) {
    gateway.resetNext(code);
    assertThatThrownBy(() -> call(through, to("a").put(oneShot(HELLO)))).isInstanceOf(IOException.class).hasMessageContaining("stream was reset");
    assertThat(gateway.arrivals()).isEqualTo(1);
  }

  /** A body that goes on while the answer is read. */
  private static RequestBody duplex(AtomicInteger writes) {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null;
      }

      @Override
      public boolean isDuplex() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        writes.incrementAndGet();
        sink.write(HELLO);
        sink.close();
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void aDuplexBodyIsWrittenOnceAndTheFirstErrorIsDelivered(Through through) throws IOException {
    AtomicInteger writes = new AtomicInteger();
    try (Response stored = call(through, to("a").put(duplex(writes)))) {
      assertThat(stored.code()).isEqualTo(200);
    }
    assertThat(server.bytesOf("logs", "a")).isEqualTo(HELLO);
    server.faults().next(Fault.throttled("ServerBusy"));
    try (Response busy = call(through, to("b").put(duplex(writes)))) {
      assertThat(busy.code()).isEqualTo(503);
      assertThat(busy.body().bytes()).asString(UTF_8).contains("ServerBusy");
    }
    gateway.resetNext(REFUSED_STREAM);
    assertThatThrownBy(() -> call(through, to("b").put(duplex(writes)))).isInstanceOf(IOException.class).hasMessageContaining("stream was reset");
    assertThat(writes).hasValue(3);
    assertThat(gateway.arrivals()).isEqualTo(3);
  }
}
