package dev.ossresilience.examples.bulk;

import dev.ossresilience.OssResilience;
import dev.ossresilience.apache5.OssHttpClients;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.load.RetryBudget;
import dev.ossresilience.policy.RetryPolicy;
import dev.ossresilience.report.OssServiceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** Uploads many objects at once. A call holds no thread, neither under way nor while it waits for its next attempt or for its turn. */
final class BulkUpload implements AutoCloseable {
  private final OssResilience oss;
  private final String bucket;
  private final Semaphore free;
  private final CloseableHttpAsyncClient client;

  /** @param inFlight how many uploads may be begun and not ended: without a bound, all that waits would be in memory */
  BulkUpload(OssResilience.Builder settings, String bucket, int inFlight) {
    oss =
        settings
            // A job that goes on for long would rather wait than give an upload up.
            .policy(RetryPolicy.builder().maxAttempts(10).totalTimeout(Duration.ofMinutes(10)).build())
            // Nor is it to end because one request in ten fails, which is all that the default lets be repeated.
            .retryBudget(RetryBudget.ratio(0.5, 2 * inFlight))
            .build();
    this.bucket = bucket;
    free = new Semaphore(inFlight);
    PoolingAsyncClientConnectionManager connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(inFlight) // 5 unless told otherwise, and a bucket is one route
            .setMaxConnTotal(inFlight)
            .build();
    client = OssHttpClients.configure(HttpAsyncClients.custom().setConnectionManager(connections), oss).build();
    client.start();
  }

  /** Begins an upload, as soon as there is room for one more. What is done when it has ended mustn't block. */
  CompletableFuture<Void> put(String key, byte[] bytes) throws InterruptedException {
    free.acquire();
    CompletableFuture<Void> stored = new CompletableFuture<>();
    SimpleHttpRequest put = SimpleRequestBuilder.put(oss.endpoint().urlOf(bucket, key)).setBody(bytes, ContentType.APPLICATION_OCTET_STREAM).build();
    HttpClientContext context = HttpClientContext.create();
    Future<?> unused = client.execute(put, context, new Ending(stored, context)); // which tells the other future
    return stored;
  }

  /** Makes room for another upload, and tells how this one ended. */
  private final class Ending implements FutureCallback<SimpleHttpResponse> {
    private final CompletableFuture<Void> stored;
    private final HttpClientContext context;

    Ending(CompletableFuture<Void> stored, HttpClientContext context) {
      this.stored = stored;
      this.context = context;
    }

    @Override
    public void completed(SimpleHttpResponse response) {
      free.release();
      if (response.getCode() / 100 == 2) {
        stored.complete(null);
      } else {
        stored.completeExceptionally(refusal(response, context));
      }
    }

    @Override
    public void failed(Exception failure) {
      free.release();
      stored.completeExceptionally(failure);
    }

    @Override
    public void cancelled() {
      free.release();
      stored.cancel(false);
    }
  }

  private static OssServiceException refusal(SimpleHttpResponse response, HttpClientContext context) {
    byte[] body = response.getBodyBytes();
    OssError error = ErrorParser.standard().parse(new Head(response), body == null ? new byte[0] : body);
    return OssServiceException.of(error, OssHttpClients.reportOf(context));
  }

  /** What the library reads of a response. */
  private record Head(SimpleHttpResponse response) implements ResponseHead {
    @Override
    public int status() {
      return response.getCode();
    }

    @Override
    public @Nullable String header(String name) {
      Header header = response.getFirstHeader(name);
      return header == null ? null : header.getValue();
    }
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
  }
}
