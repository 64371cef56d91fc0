package dev.ossresilience.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.testkit.conformance.ConformanceSuite;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The suite is worth something only if it fails when a safeguard is gone. Each test takes one away, from behind our interceptor. */
class ConformanceMutationTest {
  @Test
  void withEverySafeguardInPlaceNothingFails() throws InterruptedException {
    assertThat(failures(chain -> chain.proceed(chain.request()), "clock skew", "nothing below repeats", "append")).isEmpty();
  }

  @Test
  void withoutSigningAnewASkewedClockIsNotCorrected() throws InterruptedException {
    Map<Call, Headers> first = new ConcurrentHashMap<>();
    Interceptor signsOnce =
        chain -> {
          Headers headers = first.computeIfAbsent(chain.call(), call -> chain.request().headers());
          return chain.proceed(chain.request().newBuilder().headers(headers).build());
        };
    assertThat(failures(signsOnce, "clock skew")).anyMatch(failure -> failure.startsWith("clock skew: AppendObject, skewed PT20M:"));
  }

  @Test
  void withoutOneShotBodiesOkHttpRepeatsUnseen() throws InterruptedException {
    Interceptor unwraps = chain -> chain.proceed(withReplayableBody(chain.request()));
    assertThat(failures(unwraps, "nothing below repeats"))
        .anyMatch(failure -> failure.startsWith("nothing below repeats: AsyncFetch, 503 with Retry-After 0:"));
  }

  @Test
  @EnabledIf(value = "dev.ossresilience.okhttp.OnOkHttp#canOverride", disabledReason = "OkHttp before 5.4 can't be told so by an interceptor")
  void withOkHttpsOwnRetriesBackOnTheyAreSeen() throws InterruptedException {
    Interceptor retries = chain -> chain.withRetryOnConnectionFailure(true).proceed(withReplayableBody(chain.request()));
    assertThat(failures(retries, "nothing below repeats"))
        .anyMatch(failure -> failure.startsWith("nothing below repeats: AsyncFetch, dropped on a reused connection:"));
  }

  @Test
  void whereLengthIsTakenForProofAnotherWritersBytesPassForOurs() throws InterruptedException {
    assertThat(failures(new BelievesLength(), "append"))
        .anyMatch(failure -> failure.startsWith("append: AppendObject first, lost before the server, another writer with as many bytes:"));
  }

  @Test
  void aResponseThatIsNeverClosedIsNoticed() throws InterruptedException {
    Interceptor leaks =
        chain -> {
          Response response = chain.proceed(chain.request());
          return response.isSuccessful() ? response : response.newBuilder().body(new NeverClosed(response.body())).build();
        };
    assertThat(failures(leaks, "leaks")).anyMatch(failure -> failure.contains("connections are still in use"));
  }

  private static List<String> failures(Interceptor below, String... families) throws InterruptedException {
    return ConformanceSuite.standard().only(families).run(OkHttpUnderTest.over(below)).failures();
  }

  private static Request withReplayableBody(Request request) throws IOException {
    if (request.body() == null) {
      return request;
    }
    Buffer bytes = new Buffer();
    request.body().writeTo(bytes);
    RequestBody body = RequestBody.create(bytes.readByteArray(), request.body().contentType());
    return request.newBuilder().method(request.method(), body).build();
  }

  /** As if our interceptor forgot to close it. */
  private static final class NeverClosed extends ResponseBody {
    private final ResponseBody body;
    private final BufferedSource source;

    NeverClosed(ResponseBody body) {
      this.body = body;
      this.source =
          Okio.buffer(
              new ForwardingSource(body.source()) {
                @Override
                public void close() {}
              });
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() {
      return body.contentLength();
    }

    @Override
    public BufferedSource source() {
      return source;
    }
  }

  /** Makes the CRC64 of every HEAD agree with what was appended at position 0 last, as if nobody compared it. */
  private static final class BelievesLength implements Interceptor {
    private final Map<Call, String> crcs = new ConcurrentHashMap<>();

    @Override
    public Response intercept(Chain chain) throws IOException {
      Request request = withReplayableBody(chain.request());
      if (request.method().equals("POST")) {
        Buffer bytes = new Buffer();
        request.body().writeTo(bytes);
        crcs.put(chain.call(), Long.toUnsignedString(Crc64.of(bytes.readByteArray())));
      }
      Response response = chain.proceed(request);
      String crc = crcs.get(chain.call());
      return request.method().equals("HEAD") && crc != null ? response.newBuilder().header("x-oss-hash-crc64ecma", crc).build() : response;
    }
  }
}
