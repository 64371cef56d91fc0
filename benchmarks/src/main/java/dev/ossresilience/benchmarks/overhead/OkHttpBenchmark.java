package dev.ossresilience.benchmarks.overhead;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.okhttp.FailsafeCall;
import dev.ossresilience.okhttp.OssRetryInterceptor;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A successful GET through OkHttp whose network is an interceptor that answers at once. */
@State(Scope.Benchmark)
public class OkHttpBenchmark {
  private final Request get = new Request.Builder().url(Oss.URL).build();
  private final OkHttpClient plain = client();
  private final OkHttpClient passThrough = client(chain -> chain.proceed(chain.request()));
  private final OkHttpClient ours = client(OssRetryInterceptor.of(Oss.defaults()));
  private final OkHttpClient oursSigning = client(OssRetryInterceptor.of(Oss.signing()));

  private final RetryPolicy<Response> failsafeRetry =
      RetryPolicy.<Response>builder().withMaxAttempts(5).handleResultIf(response -> response.code() >= 500).handle(IOException.class).build();
  private final CircuitBreaker<Response> failsafeBreaker =
      CircuitBreaker.<Response>builder().withFailureRateThreshold(80, 20, java.time.Duration.ofSeconds(10)).build();

  /** Made once, as a program would. */
  private final FailsafeExecutor<Response> failsafe = Failsafe.with(failsafeRetry, failsafeBreaker);

  /** That looks at the status, as the others do. */
  private final Retry retry = Retry.of("oss", RetryConfig.<Response>custom().retryOnResult(response -> response.code() >= 500).build());

  private final io.github.resilience4j.circuitbreaker.CircuitBreaker breaker = CircuitBreakerRegistry.ofDefaults().circuitBreaker("oss");

  private static OkHttpClient client(Interceptor... interceptors) {
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    for (Interceptor interceptor : interceptors) {
      builder.addInterceptor(interceptor);
    }
    return builder.addInterceptor(new CannedResponse()).build();
  }

  /** Nothing between the caller and the answer. */
  @Benchmark
  public int plain() throws IOException {
    return end(plain.newCall(get).execute());
  }

  /** What any interceptor costs. */
  @Benchmark
  public int passThrough() throws IOException {
    return end(passThrough.newCall(get).execute());
  }

  /** Ours with its defaults. */
  @Benchmark
  public int ours() throws IOException {
    return end(ours.newCall(get).execute());
  }

  /** Ours, signing with V4. */
  @Benchmark
  public int oursSigningV4() throws IOException {
    return end(oursSigning.newCall(get).execute());
  }

  /** Failsafe's call with its retry and its circuit breaker. */
  @Benchmark
  public int failsafe() throws IOException {
    return end(FailsafeCall.with(failsafe).compose(plain.newCall(get)).execute());
  }

  /** Resilience4j's retry and circuit breaker around the call. */
  @Benchmark
  public int resilience4j() throws Exception {
    Call call = plain.newCall(get);
    Callable<Response> guarded = io.github.resilience4j.circuitbreaker.CircuitBreaker.decorateCallable(breaker, call::execute);
    return end(Retry.decorateCallable(retry, guarded).call());
  }

  private static int end(Response response) {
    response.close();
    return response.code();
  }

  /** In place of the network. */
  private static final class CannedResponse implements Interceptor {
    private static final ResponseBody HELLO = ResponseBody.create("hello", MediaType.get("text/plain"));

    @Override
    public Response intercept(Chain chain) {
      return new Response.Builder()
          .request(chain.request())
          .protocol(Protocol.HTTP_1_1)
          .code(200)
          .message("OK")
          .header("x-oss-request-id", Oss.REQUEST_ID)
          .header("Content-Length", "5")
          .body(HELLO)
          .build();
    }
  }
}
