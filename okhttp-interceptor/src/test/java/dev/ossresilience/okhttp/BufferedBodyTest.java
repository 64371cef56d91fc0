package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssResilience;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that can be read only once, of which some may be read into memory. */
class BufferedBodyTest extends OverCallFactory {
  enum Path {
    INTERCEPTOR_EXECUTE,
    INTERCEPTOR_ENQUEUE,
    FACTORY_EXECUTE,
    FACTORY_ENQUEUE
  }

  /** What the caller hands over: it can be read once. */
  private static final class Stream extends RequestBody {
    private final long announced;
    private final byte[] bytes;
    private final boolean breaks;
    private int reads;

    Stream(long announced, byte[] bytes, boolean breaks) {
      this.announced = announced;
      this.bytes = bytes;
      this.breaks = breaks;
    }

    @Override
    public @Nullable MediaType contentType() {
      return MediaType.get("text/x-log; charset=utf-8");
    }

    @Override
    public long contentLength() {
      return announced;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      assertThat(++reads).as("how often a stream was read").isOne();
      sink.write(bytes);
      if (breaks) {
        throw new IOException("broken disk");
      }
    }
  }

  @BeforeEach
  void buffer() {
    OssResilience oss = resilience().bufferOneShotBodiesUpTo(HELLO.length).build();
    client = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(oss)).build();
    factory = OssCallFactory.of(plain, oss);
  }

  private Response put(Path path, RequestBody body) throws IOException {
    Request request = request("a").put(body).build();
    boolean interceptor = path == Path.INTERCEPTOR_EXECUTE || path == Path.INTERCEPTOR_ENQUEUE;
    Call call = interceptor ? client.newCall(request) : factory.newCall(request);
    boolean enqueued = path == Path.INTERCEPTOR_ENQUEUE || path == Path.FACTORY_ENQUEUE;
    return enqueued ? enqueue(call).get() : call.execute();
  }

  @ParameterizedTest
  @EnumSource
  void streamSurvivesA503(Path path) throws IOException {
    server.faults().next(Fault.error(503, "ServiceUnavailable"), Fault.internalError());
    Stream body = new Stream(HELLO.length, HELLO, false);

    try (Response response = put(path, body)) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.request().body()).as("the memory is let go of").isSameAs(body);
    }
    assertThat(server.bytesOf("logs", "a")).isEqualTo(HELLO);
    assertThat(server.requestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void longerStreamAndOneOfUnknownLengthStayOneShot(Path path) throws IOException {
    for (Stream body : new Stream[] {new Stream(HELLO.length + 1, new byte[HELLO.length + 1], false), new Stream(-1, HELLO, false)}) {
      server.faults().next(Fault.internalError());
      try (Response response = put(path, body)) {
        assertThat(response.code()).isEqualTo(500);
      }
    }
    assertThat(server.requestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void streamOfAnotherLengthThanAnnouncedIsNotSent(Path path) {
    assertThatThrownBy(() -> put(path, new Stream(HELLO.length - 1, HELLO, false))).isInstanceOf(IOException.class).hasMessageContaining("gave more");
    assertThatThrownBy(() -> put(path, new Stream(HELLO.length, new byte[3], false))).isInstanceOf(IOException.class).hasMessageContaining("gave 3");
    assertThat(server.requestCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void streamThatBreaksWhileItIsReadIsNotSent(Path path) {
    assertThatThrownBy(() -> put(path, new Stream(HELLO.length, new byte[3], true)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of 11 bytes could not be read")
        .hasStackTraceContaining("broken disk");
    assertThat(server.requestCount()).isZero();
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.EXCEPTION);
    assertThat(reports.get(0).attempts()).isZero();
  }
}
