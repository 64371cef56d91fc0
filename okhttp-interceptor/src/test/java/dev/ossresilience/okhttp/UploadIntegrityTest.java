package dev.ossresilience.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ossresilience.OssEndpoint;
import dev.ossresilience.append.OssAppender;
import dev.ossresilience.crc.Crc64;
import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.report.Reason;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bytes that change on the way, and what only looks like it. */
class UploadIntegrityTest extends OverSimulator {
  @Test
  void theExceptionTellsWhatWasSentAndWhatIsStored() {
    server.faults().next(Fault.corruptBody());
    IntegrityException thrown = catchThrowableOfType(IntegrityException.class, () -> call(request("a").put(oneShot(HELLO))));
    byte[] stored = server.bytesOf("logs", "a");
    assertThat(stored).isNotEqualTo(HELLO).hasSameSizeAs(HELLO);
    assertThat(thrown.operation()).isEqualTo("PutObject");
    assertThat(thrown.bucket()).isEqualTo("logs");
    assertThat(thrown.key()).isEqualTo("a");
    assertThat(thrown.expectedCrc()).isEqualTo(Crc64.of(HELLO));
    assertThat(thrown.actualCrc()).isEqualTo(Crc64.of(stored));
    assertThat(thrown).hasMessageContaining(Long.toUnsignedString(Crc64.of(HELLO))).hasMessageContaining("send it again");
  }

  @Test
  void aBodyMayCloseItsSink() throws IOException {
    RequestBody closing =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            try (BufferedSink gzip = Okio.buffer(new GzipSink(sink))) {
              gzip.write(HELLO);
            }
          }
        };
    try (Response response = call(request("a").put(closing))) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.bytesOf("logs", "a")).startsWith(0x1f, 0x8b);
  }

  @Test
  void afterDamageAnAppenderWantsToBeReopened() throws IOException {
    OssAppender log = OssAppenders.open(client, OssEndpoint.of(server.endpoint()), "logs", "app.log");
    server.faults().next(Fault.corruptBody());
    assertThatThrownBy(() -> log.append(HELLO)).isInstanceOf(IntegrityException.class);
    assertThatThrownBy(() -> log.append(HELLO)).isInstanceOf(IllegalStateException.class).hasMessageContaining("reopen()");
    assertThat(server.bytesOf("logs", "app.log")).as("nothing is appended behind it").hasSameSizeAs(HELLO);
  }

  @Test
  void appendingNothingIsNeverDamage() throws IOException {
    append(0, HELLO).close();
    server.put("logs", "app.log", "HELLO, OSS\n".getBytes(UTF_8)); // as long, so that what is remembered of it is wrong
    try (Response response = append(HELLO.length, new byte[0])) {
      assertThat(response.code()).isEqualTo(200);
    }
  }

  @Test
  void switchedOffNothingIsCompared() throws IOException {
    client = OnOkHttp.client().addInterceptor(OssRetryInterceptor.of(resilience().uploadIntegrity(false).build())).build();
    server.faults().next(Fault.corruptBody());
    try (Response response = call(request("a").put(RequestBody.create(HELLO, null)))) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void aBodyThatIsEncodedBehindUsIsNoDamage() throws IOException {
    client = OnOkHttp.repeatingNothingUnseen(client).addInterceptor(chain -> chain.proceed(gzipped(chain.request()))).build();
    try (Response response = call(request("a").put(RequestBody.create(HELLO, null)))) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.bytesOf("logs", "a")).startsWith(0x1f, 0x8b);
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void aPrefixThatAnotherWriterReplacedIsNoDamage() throws IOException {
    append(0, HELLO).close();
    server.faults().next(Fault.foreignReplace("x".repeat(HELLO.length)));
    try (Response response = append(HELLO.length, "more".getBytes(UTF_8))) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.header("x-oss-next-append-position")).isEqualTo("15");
      assertThat(response.header("x-oss-hash-crc64ecma")).isEqualTo(Crc64.format(Crc64.of("xxxxxxxxxxxmore".getBytes(UTF_8))));
    }
    assertThat(server.requests()).extracting(request -> request.method() + " " + request.status()).containsExactly("POST 200", "POST 200", "GET 206");
  }

  @Test
  void aBodyOfManyPiecesIsSummedUpAsAWhole() throws IOException {
    RequestBody pieces =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            for (int i = 0; i < 50_000; i++) {
              sink.writeByte(i).writeUtf8("line").writeInt(i);
              if (i % 1000 == 0) {
                sink.flush();
              }
            }
          }
        };
    try (Response response = call(request("a").put(pieces))) {
      assertThat(response.code()).isEqualTo(200);
    }
    assertThat(server.requestCount()).isEqualTo(1);
    server.faults().next(Fault.corruptBody());
    call(request("a").put(pieces)).close();
    assertThat(reports.get(1).events()).extracting(dev.ossresilience.report.Event::reason).contains(Reason.INTEGRITY);
  }

  private static Request gzipped(Request request) {
    RequestBody body = request.body();
    RequestBody zipped =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            try (BufferedSink zip = Okio.buffer(new GzipSink(sink))) {
              body.writeTo(zip);
            }
          }
        };
    return request.newBuilder().method(request.method(), zipped).build();
  }
}
