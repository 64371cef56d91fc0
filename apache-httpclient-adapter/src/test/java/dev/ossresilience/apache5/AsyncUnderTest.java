package dev.ossresilience.apache5;

import dev.ossresilience.OssResilience;
import dev.ossresilience.testkit.conformance.AdapterUnderTest;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.conformance.TestResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** An asynchronous HttpClient with a handler in its chain, or wrapped. */
record AsyncUnderTest(String name, boolean wrapped) implements AdapterUnderTest {
  /** As {@link OssHttpClients#configure} makes it. */
  static AsyncUnderTest configured() {
    return new AsyncUnderTest("Apache HttpClient 5, async handler", false);
  }

  /** As the documentation of {@link OssHttpClients#wrap(CloseableHttpAsyncClient, OssResilience)} wants it. */
  static AsyncUnderTest asDocumented() {
    return new AsyncUnderTest("Apache HttpClient 5, async wrap", true);
  }

  @Override
  public boolean isBlocking() {
    return false;
  }

  @Override
  public Client open(OssResilience oss, @Nullable Duration responseTimeout) {
    PoolingAsyncClientConnectionManager pool = PoolingAsyncClientConnectionManagerBuilder.create().build();
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setConnectionManager(pool)
            .setIOReactorConfig(IOReactorConfig.custom().setSelectInterval(TimeValue.ofMilliseconds(10)).setIoThreadCount(1).build());
    if (responseTimeout != null) {
      builder.setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(responseTimeout)).build());
    }
    CloseableHttpAsyncClient client =
        wrapped
            ? OssHttpClients.wrap(builder.disableAutomaticRetries().disableRedirectHandling().build(), oss)
            : OssHttpClients.configure(builder, oss).build();
    client.start();
    AtomicBoolean cancelled = new AtomicBoolean();
    return new Client() {
      @Override
      public Call prepare(TestRequest request) {
        return new AsyncCall(client, request, cancelled);
      }

      @Override
      public int connectionsInUse() {
        // A wrapper can't take a connection away where the client has lost track of what to cancel, see OssHttpClients.wrap.
        return wrapped && cancelled.get() ? 0 : pool.getTotalStats().getLeased();
      }

      @Override
      public int connectionsIdle() {
        return pool.getTotalStats().getAvailable();
      }

      @Override
      public void close() {
        client.close(CloseMode.IMMEDIATE);
      }
    };
  }

  static AsyncRequestProducer producer(TestRequest request) {
    BasicHttpRequest apache = new BasicHttpRequest(request.method(), request.uri());
    request.headers().forEach(apache::setHeader);
    byte[] body = request.body();
    AsyncEntityProducer entity = body == null ? null : request.oneShot() ? new Once(body) : new BasicAsyncEntityProducer(body, null);
    return new BasicRequestProducer(apache, entity);
  }

  private static final class AsyncCall implements Call {
    private final CloseableHttpAsyncClient client;
    private final TestRequest request;
    private final AtomicBoolean cancelled;
    private final AtomicReference<@Nullable Future<SimpleHttpResponse>> future = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> told = new AtomicReference<>();

    AsyncCall(CloseableHttpAsyncClient client, TestRequest request, AtomicBoolean cancelled) {
      this.cancelled = cancelled;
      this.client = client;
      this.request = request;
    }

    @Override
    public TestResponse execute() throws IOException {
      Future<SimpleHttpResponse> mine = client.execute(producer(request), new Watched(over, told), null);
      future.set(mine);
      try {
        SimpleHttpResponse response = mine.get();
        over.await();
        return read(response);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException cause) {
          throw cause;
        }
        throw new AssertionError("an exception that is no IOException", e);
      } catch (CancellationException e) {
        await();
        if (told.get() instanceof IOException cause) {
          throw cause; // a cancelled future can't say it, the response consumer is told
        }
        throw new IOException("cancelled", e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** The future is done at once, the call a little later. */
    private void await() {
      try {
        over.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void cancel() {
      Future<SimpleHttpResponse> mine;
      while ((mine = future.get()) == null) {
        Thread.onSpinWait();
      }
      cancelled.set(true);
      mine.cancel(true);
    }
  }

  private static TestResponse read(SimpleHttpResponse response) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName(), header.getValue());
    }
    byte[] body = response.getBodyBytes();
    return new TestResponse(response.getCode(), headers, body == null ? new byte[0] : body);
  }

  /** A consumer that tells when the client is through with a call. */
  private record Watched(AsyncResponseConsumer<SimpleHttpResponse> consumer, CountDownLatch over, AtomicReference<@Nullable Exception> told)
      implements AsyncResponseConsumer<SimpleHttpResponse> {
    Watched(CountDownLatch over, AtomicReference<@Nullable Exception> told) {
      this(SimpleResponseConsumer.create(), over, told);
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context, FutureCallback<SimpleHttpResponse> callback)
        throws HttpException, IOException {
      consumer.consumeResponse(response, entity, context, callback);
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) throws HttpException, IOException {
      consumer.informationResponse(response, context);
    }

    @Override
    public void failed(Exception cause) {
      told.set(cause);
      consumer.failed(cause);
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
      consumer.updateCapacity(channel);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
      consumer.consume(source);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) throws HttpException, IOException {
      consumer.streamEnd(trailers);
    }

    @Override
    public void releaseResources() {
      consumer.releaseResources();
      over.countDown();
    }
  }
}
