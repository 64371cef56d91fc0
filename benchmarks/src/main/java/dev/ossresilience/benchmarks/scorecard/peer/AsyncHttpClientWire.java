package dev.ossresilience.benchmarks.scorecard.peer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.FileEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Apache HttpClient 5, asynchronous. */
record AsyncHttpClientWire(CloseableHttpAsyncClient client) implements Wire {
  /** A client as everybody has it, but for its threads: it makes one call at a time here. */
  static HttpAsyncClientBuilder builder() {
    return HttpAsyncClients.custom()
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.ofMilliseconds(Peer.READ_TIMEOUT_MILLIS)).build())
        .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build());
  }

  /** Starts the client. */
  static AsyncHttpClientWire started(CloseableHttpAsyncClient client) {
    client.start();
    return new AsyncHttpClientWire(client);
  }

  @Override
  public Reply send(Message message) throws IOException {
    BasicHttpRequest request = new BasicHttpRequest(message.method(), URI.create(message.url()));
    message.headers().forEach(request::setHeader);
    BasicRequestProducer producer = new BasicRequestProducer(request, message.body() == null ? null : producer(message.body()));
    Future<SimpleHttpResponse> future = client.execute(producer, SimpleResponseConsumer.create(), null);
    try {
      return reply(future.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (CancellationException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static Reply reply(SimpleHttpResponse response) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    byte @Nullable [] body = response.getBodyBytes();
    return new Reply(response.getCode(), headers, body == null ? new byte[0] : body);
  }

  private static AsyncEntityProducer producer(Body body) {
    return switch (body.kind()) {
      case BYTES -> new BasicAsyncEntityProducer(body.bytes(), null);
      case FILE -> new FileEntityProducer(Objects.requireNonNull(body.file()).toFile());
      case STREAM -> new OnceProducer(new BasicAsyncEntityProducer(body.bytes(), null), body.bytes().length);
    };
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
