package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.IOException;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.GzipSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other bytes than the caller's go out, because an interceptor behind ours makes them: what the server has can't be compared with the caller's. */
class ReplacedBodyTest extends OverSimulator {
  /** What programs put behind us. */
  enum Replacing {
    STREAMED,
    BUFFERED,
    AS_LONG;

    RequestBody of(RequestBody body) {
      return switch (this) {
        case STREAMED -> new Wrapper(body);
        case BUFFERED -> zipped(body);
        case AS_LONG -> new Inverted(body);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void acknowledgedAppendsAreBelieved(Replacing body) throws IOException {
    client = behind(client, body::of);
    for (int i = 0, end = 0; i < 3; i++) {
      try (Response response = append(end, HELLO)) {
        assertThat(response.code()).isEqualTo(200);
        end = Integer.parseInt(response.header("x-oss-next-append-position"));
      }
      assertThat(server.bytesOf("logs", "app.log")).hasSize(end);
    }
    assertThat(server.requestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aLostAnswerLeavesOpenWhatIsStored(Replacing body) {
    client = behind(client, body::of);
    server.faults().next(Fault.applyThenDrop());
    AmbiguousAppendException thrown = catchThrowableOfType(AmbiguousAppendException.class, () -> append(0, HELLO));
    assertThat(thrown).hasMessageContaining("another body");
    assertThat(thrown.length()).isEqualTo(-1);
    assertStoredOnce(body);
  }

  @ParameterizedTest
  @EnumSource
  void alsoIfANetworkInterceptorReplacesIt(Replacing body) {
    Interceptor replacing =
        chain -> {
          Request.Builder request = replaced(chain, body::of).newBuilder();
          return chain.proceed(request.removeHeader("Content-Length").header("Transfer-Encoding", "chunked").build());
        };
    client = OnOkHttp.repeatingNothingUnseen(client).addNetworkInterceptor(replacing).build();
    server.faults().next(Fault.applyThenDrop());
    assertThatThrownBy(() -> append(0, HELLO)).isInstanceOf(AmbiguousAppendException.class);
    assertStoredOnce(body);
  }

  @ParameterizedTest
  @EnumSource
  void aFailureThatMayBeStoredLeavesItOpenToo(Replacing body) {
    client = behind(client, body::of);
    server.faults().next(Fault.applyThenInternalError());
    assertThatThrownBy(() -> append(0, HELLO)).isInstanceOf(AmbiguousAppendException.class);
    assertStoredOnce(body);
  }

  @ParameterizedTest
  @EnumSource(names = "AS_LONG", mode = EnumSource.Mode.EXCLUDE)
  void anAppendOfNothingIsNotNothingOnceItIsReplaced(Replacing body) {
    client = behind(client, body::of);
    server.faults().next(Fault.applyThenDrop());
    assertThatThrownBy(() -> append(0, new byte[0])).isInstanceOf(AmbiguousAppendException.class);
    assertThat(server.bytesOf("logs", "app.log")).hasSize(length(body, new byte[0]));
  }

  @ParameterizedTest
  @EnumSource
  void aConflictThatMayBeWithItsOwnBytesLeavesItOpen(Replacing body) {
    client = behind(client, body::of);
    server.append("logs", "app.log", "theirs, and longer than ours".getBytes(UTF_8));
    assertThatThrownBy(() -> append(0, HELLO)).isInstanceOf(AmbiguousAppendException.class);
    assertThat(server.bytesOf("logs", "app.log")).hasSize(28);
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.AMBIGUOUS);
  }

  @ParameterizedTest
  @EnumSource
  void aConflictThatProvesARefusalIsOne(Replacing body) throws IOException {
    client = behind(client, body::of);
    server.append("logs", "app.log", "theirs".getBytes(UTF_8));
    try (Response response = append(100, HELLO)) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.bytesOf("logs", "app.log")).startsWith("theirs".getBytes(UTF_8)).hasSize(6 + length(body, HELLO));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsStoredInsteadIsNoDamage(Replacing body) throws IOException {
    client = behind(client, body::of);
    server.faults().next(Fault.internalError());
    try (Response response = call(request("a").put(RequestBody.create(HELLO, null)))) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.requestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aPutThatWasRefusedBecauseItMayBeThereAlreadyLeavesItOpen(Replacing body) {
    client = behind(client, body::of);
    server.faults().next(Fault.applyThenDrop());
    Request.Builder put = request("a").put(RequestBody.create(HELLO, null)).header("x-oss-forbid-overwrite", "true");
    assertThatThrownBy(() -> call(put)).isInstanceOf(AmbiguousWriteException.class).hasMessageContaining("another body");
    assertThat(server.bytesOf("logs", "a")).hasSize(length(body, HELLO));
  }

  @Test
  void aBodyThatIsOnlyWatchedIsStillFound() throws IOException {
    client = behind(client, Watched::new);
    append(0, HELLO).close();
    server.faults().next(Fault.applyThenDrop());
    try (Response response = append(HELLO.length, HELLO)) {
      assertThat(response.header("x-oss-resilience")).isEqualTo("recovered");
      assertThat(response.header("x-oss-next-append-position")).isEqualTo("22");
    }
    assertThat(server.bytesOf("logs", "app.log")).hasSize(22);
  }

  private void assertStoredOnce(Replacing body) {
    assertThat(server.bytesOf("logs", "app.log")).hasSize(length(body, HELLO));
  }

  private static OkHttpClient behind(OkHttpClient client, Function<RequestBody, RequestBody> replacement) {
    return OnOkHttp.repeatingNothingUnseen(client).addInterceptor(chain -> chain.proceed(replaced(chain, replacement))).build();
  }

  private static Request replaced(Interceptor.Chain chain, Function<RequestBody, RequestBody> replacement) {
    RequestBody body = chain.request().body();
    return body == null ? chain.request() : chain.request().newBuilder().method(chain.request().method(), replacement.apply(body)).build();
  }

  private static int length(Replacing body, byte[] bytes) {
    return (int) written(body.of(RequestBody.create(bytes, null))).size();
  }

  private static Buffer written(RequestBody body) {
    Buffer buffer = new Buffer();
    try {
      body.writeTo(buffer);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return buffer;
  }

  /** Compressed before it is sent, so that its length is known. */
  private static RequestBody zipped(RequestBody body) {
    return RequestBody.create(written(new Wrapper(body)).readByteArray(), body.contentType());
  }

  /** Compressed while it is sent. */
  private static class Wrapper extends RequestBody {
    final RequestBody body;

    Wrapper(RequestBody body) {
      this.body = body;
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try (BufferedSink zip = Okio.buffer(new GzipSink(new NotClosing(sink)))) {
        body.writeTo(zip);
      }
    }
  }

  /** Other bytes, but as many: encrypted, say. */
  private static final class Inverted extends Wrapper {
    Inverted(RequestBody body) {
      super(body);
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      Buffer plain = written(body);
      while (!plain.exhausted()) {
        sink.writeByte(~plain.readByte());
      }
    }
  }

  /** As it was. */
  private static final class Watched extends Wrapper {
    private long progress;

    Watched(RequestBody body) {
      super(body);
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public boolean isOneShot() {
      return body.isOneShot();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      BufferedSink watched =
          Okio.buffer(
              new ForwardingSink(sink) {
                @Override
                public void write(Buffer source, long count) throws IOException {
                  super.write(source, count);
                  progress += count;
                }
              });
      body.writeTo(watched);
      watched.flush();
      assertThat(progress).isEqualTo(contentLength());
    }
  }

  private static final class NotClosing extends ForwardingSink {
    NotClosing(BufferedSink sink) {
      super(sink);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
