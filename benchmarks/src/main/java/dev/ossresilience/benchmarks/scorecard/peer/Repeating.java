package dev.ossresilience.benchmarks.scorecard.peer;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.RetryPolicy;
import dev.failsafe.okhttp.FailsafeCall;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Retries around OkHttp's calls as the documentation of two libraries has them: on an IOException, on 429 and on 5xx, five attempts as with us,
 * with exponential backoff and jitter. Neither knows OSS or its methods; so everything is repeated.
 */
final class Repeating {
  private static final int ATTEMPTS = 5;

  private Repeating() {}

  /** failsafe-okhttp: a retry policy over a circuit breaker. */
  static OkHttpWire failsafe(OkHttpClient client) {
    RetryPolicy<Response> retry =
        RetryPolicy.<Response>builder()
            .handle(IOException.class)
            .handleResultIf(Repeating::isWorthRepeating)
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(5))
            .withJitter(0.25)
            .withMaxAttempts(ATTEMPTS)
            .build();
    CircuitBreaker<Response> breaker =
        CircuitBreaker.<Response>builder()
            .handle(IOException.class)
            .handleResultIf(Repeating::isWorthRepeating)
            .withFailureThreshold(10, 20)
            .withDelay(Duration.ofSeconds(1))
            .build();
    return new OkHttpWire(client, request -> FailsafeCall.with(retry).compose(breaker).compose(client.newCall(request)).execute());
  }

  /** A Retry of resilience4j by hand. */
  static OkHttpWire resilience4j(OkHttpClient client) {
    RetryConfig config =
        RetryConfig.<Response>custom()
            .maxAttempts(ATTEMPTS)
            .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(100), 2.0, 0.5))
            .retryExceptions(IOException.class)
            .retryOnResult(Repeating::isWorthRepeating)
            .consumeResultBeforeRetryAttempt((attempt, response) -> response.close())
            .build();
    Retry retry = Retry.of("oss", config);
    return new OkHttpWire(
        client,
        request -> {
          try {
            return retry.executeCallable(() -> client.newCall(request).execute());
          } catch (IOException | RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
  }

  private static boolean isWorthRepeating(Response response) {
    return response.code() == 429 || response.code() >= 500;
  }
}
