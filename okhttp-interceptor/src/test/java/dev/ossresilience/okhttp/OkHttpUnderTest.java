package dev.ossresilience.okhttp;

import dev.ossresilience.OssResilience;
import dev.ossresilience.testkit.conformance.AdapterUnderTest;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.conformance.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The interceptor in an OkHttpClient with default settings, before 5.4 with those that docs/okhttp.md tells; or the factory over one. */
record OkHttpUnderTest(String name, boolean isBlocking, boolean isFactory, Interceptor... below) implements AdapterUnderTest {
  private static final String VERSION = OnOkHttp.canOverride() ? "" : " (" + OnOkHttp.version().replaceAll("\\.\\d+$", "") + ")";
  private static final String NAME = "OkHttp interceptor" + VERSION;
  private static final String FACTORY = "OkHttp call factory" + VERSION;

  static OkHttpUnderTest execute() {
    return new OkHttpUnderTest(NAME + ", execute", true, false);
  }

  static OkHttpUnderTest enqueue() {
    return new OkHttpUnderTest(NAME + ", enqueue", false, false);
  }

  static OkHttpUnderTest factoryExecute() {
    return new OkHttpUnderTest(FACTORY + ", execute", true, true);
  }

  static OkHttpUnderTest factoryEnqueue() {
    return new OkHttpUnderTest(FACTORY + ", enqueue", false, true);
  }

  /** As {@link #execute}, with other interceptors after ours. */
  static OkHttpUnderTest over(Interceptor... below) {
    return new OkHttpUnderTest(NAME + ", sabotaged", true, false, below);
  }

  @Override
  public Client open(OssResilience oss, @Nullable Duration responseTimeout) {
    OkHttpClient.Builder builder =
        isFactory
            ? new OkHttpClient.Builder()
            : OnOkHttp.repeatingNothingUnseen(OnOkHttp.client().build()).addInterceptor(OssRetryInterceptor.of(oss));
    for (Interceptor interceptor : below) {
      builder.addInterceptor(interceptor);
    }
    if (responseTimeout != null) {
      builder.readTimeout(responseTimeout);
    }
    OkHttpClient client = builder.build();
    okhttp3.Call.Factory calls = isFactory ? OssCallFactory.of(client, oss) : client;
    return new Client() {
      @Override
      public Call prepare(TestRequest request) {
        return call(calls.newCall(okHttp(request)));
      }

      @Override
      public int connectionsInUse() {
        return client.connectionPool().connectionCount() - client.connectionPool().idleConnectionCount();
      }

      @Override
      public int connectionsIdle() {
        return client.connectionPool().idleConnectionCount();
      }

      @Override
      public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
      }
    };
  }

  private Call call(okhttp3.Call call) {
    return new Call() {
      @Override
      public TestResponse execute() throws IOException {
        return isBlocking ? read(call.execute()) : enqueued(call);
      }

      @Override
      public void cancel() {
        call.cancel();
      }
    };
  }

  private static TestResponse enqueued(okhttp3.Call call) throws IOException {
    CompletableFuture<TestResponse> result = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(okhttp3.Call failed, IOException e) {
            result.completeExceptionally(e);
          }

          @Override
          public void onResponse(okhttp3.Call answered, Response response) {
            try {
              result.complete(read(response));
            } catch (IOException e) {
              result.completeExceptionally(e);
            }
          }
        });
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static TestResponse read(Response response) throws IOException {
    try (response) {
      Map<String, String> headers = new TreeMap<>();
      response.headers().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
      return new TestResponse(response.code(), headers, response.body().bytes());
    }
  }

  private static Request okHttp(TestRequest request) {
    byte[] bytes = request.body();
    boolean needsBody = request.method().equals("POST") || request.method().equals("PUT");
    RequestBody body = bytes == null && !needsBody ? null : RequestBody.create(bytes == null ? new byte[0] : bytes, null);
    Request.Builder builder = new Request.Builder().url(request.uri().toString());
    request.headers().forEach(builder::header);
    return builder.method(request.method(), body != null && request.oneShot() ? OverSimulator.oneShot(bytes) : body).build();
  }
}
