package dev.ossresilience.benchmarks.overhead;

import dev.ossresilience.apache5.OssHttpClients;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A successful GET through HttpClient 5 whose network is an exec handler that answers at once. */
@State(Scope.Benchmark)
public class HttpClientBenchmark {
  private final CloseableHttpClient plain = build(bare());
  private final CloseableHttpClient passThrough =
      build(bare().addExecInterceptorBefore(ChainElement.PROTOCOL.name(), "PASS", (request, scope, chain) -> chain.proceed(request, scope)));
  private final CloseableHttpClient ours = build(OssHttpClients.configure(HttpClients.custom(), Oss.defaults()));
  private final CloseableHttpClient oursSigning = build(OssHttpClients.configure(HttpClients.custom(), Oss.signing()));
  private final CloseableHttpClient ownRetry = build(HttpClients.custom().disableRedirectHandling().disableContentCompression());

  /** That looks at the status, as the others do. */
  private final Retry retry = Retry.of("oss", RetryConfig.<Integer>custom().retryOnResult(status -> status >= 500).build());

  private final CircuitBreaker breaker = CircuitBreakerRegistry.ofDefaults().circuitBreaker("oss");

  /** With nothing that ours switches off as well, so that only what is added shows. */
  private static HttpClientBuilder bare() {
    return HttpClients.custom().disableAutomaticRetries().disableRedirectHandling().disableContentCompression();
  }

  private static CloseableHttpClient build(HttpClientBuilder builder) {
    return builder.addExecInterceptorAfter(ChainElement.PROTOCOL.name(), "CANNED", new CannedResponse()).build();
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    for (CloseableHttpClient client : new CloseableHttpClient[] {plain, passThrough, ours, oursSigning, ownRetry}) {
      client.close();
    }
  }

  /** Nothing between the caller and the answer but HttpClient's own protocol handler. */
  @Benchmark
  public int plain() throws IOException {
    return call(plain);
  }

  /** What any handler costs. */
  @Benchmark
  public int passThrough() throws IOException {
    return call(passThrough);
  }

  /** Ours with its defaults. */
  @Benchmark
  public int ours() throws IOException {
    return call(ours);
  }

  /** Ours, signing with V4. */
  @Benchmark
  public int oursSigningV4() throws IOException {
    return call(oursSigning);
  }

  /** HttpClient's own retries. */
  @Benchmark
  public int ownRetry() throws IOException {
    return call(ownRetry);
  }

  /** Resilience4j's retry and circuit breaker around the call. */
  @Benchmark
  public int resilience4j() throws Exception {
    Callable<Integer> guarded = CircuitBreaker.decorateCallable(breaker, () -> call(plain));
    return Retry.decorateCallable(retry, guarded).call();
  }

  private static int call(CloseableHttpClient client) throws IOException {
    try (ClassicHttpResponse response = client.executeOpen(null, new HttpGet(Oss.URL), null)) {
      return response.getCode();
    }
  }

  /** In place of the network. */
  private static final class CannedResponse implements ExecChainHandler {
    private static final StringEntity HELLO = new StringEntity("hello", ContentType.TEXT_PLAIN);

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
      BasicClassicHttpResponse response = new BasicClassicHttpResponse(200, "OK");
      response.addHeader("x-oss-request-id", Oss.REQUEST_ID);
      response.addHeader("Content-Length", "5");
      response.setEntity(HELLO);
      return response;
    }
  }
}
