package dev.ossresilience.benchmarks.scorecard.peer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** OkHttp, and what is built around its calls. */
record OkHttpWire(OkHttpClient client, Calling calling) implements Wire {
  /** Makes a call of a request. */
  @FunctionalInterface
  interface Calling {
    Response call(Request request) throws IOException;
  }

  /** A client as everybody has it. */
  static OkHttpClient.Builder builder() {
    return new OkHttpClient.Builder().readTimeout(Duration.ofMillis(Peer.READ_TIMEOUT_MILLIS)).writeTimeout(Duration.ofMillis(Peer.READ_TIMEOUT_MILLIS));
  }

  /** One that executes calls on the caller's thread. */
  static OkHttpWire executing(OkHttpClient client) {
    return new OkHttpWire(client, request -> client.newCall(request).execute());
  }

  /** One that enqueues the calls of a factory and waits for their callbacks. */
  static OkHttpWire enqueueing(OkHttpClient client, Call.Factory calls) {
    return new OkHttpWire(client, request -> enqueued(calls.newCall(request)));
  }

  @Override
  public Reply send(Message message) throws IOException {
    Request.Builder request = new Request.Builder().url(message.url());
    message.headers().forEach(request::header);
    request.method(message.method(), message.body() == null ? null : body(message.body()));
    try (Response response = calling.call(request.build())) {
      Map<String, String> headers = new TreeMap<>();
      response.headers().forEach(header -> headers.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
      return new Reply(response.code(), headers, response.body().bytes());
    }
  }

  private static Response enqueued(Call call) throws IOException {
    CompletableFuture<Response> result = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            result.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call answered, Response response) {
            result.complete(response);
          }
        });
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      call.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static RequestBody body(Body body) {
    return switch (body.kind()) {
      case BYTES -> RequestBody.create(body.bytes(), null);
      case FILE -> RequestBody.create(Objects.requireNonNull(body.file()).toFile(), null);
      case STREAM -> oneShot(body);
    };
  }

  private static RequestBody oneShot(Body body) {
    Source source = Okio.source(body.stream());
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null;
      }

      @Override
      public long contentLength() {
        return body.bytes().length;
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        sink.writeAll(source);
      }
    };
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
