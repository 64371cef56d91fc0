package dev.ossresilience.benchmarks.scorecard.peer;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.FileEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpClient 5, classic. */
record HttpClientWire(CloseableHttpClient client) implements Wire {
  /** A client as everybody has it. */
  static HttpClientBuilder builder() {
    Timeout timeout = Timeout.ofMilliseconds(Peer.READ_TIMEOUT_MILLIS);
    return HttpClients.custom()
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(timeout).build())
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom().setSocketTimeout(timeout).build())
                .build());
  }

  @Override
  public Reply send(Message message) throws IOException {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest(message.method(), URI.create(message.url()));
    message.headers().forEach(request::setHeader);
    if (message.body() != null) {
      request.setEntity(entity(message.body()));
    }
    return client.execute(request, HttpClientWire::reply);
  }

  private static Reply reply(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    HttpEntity entity = response.getEntity();
    return new Reply(response.getCode(), headers, entity == null ? new byte[0] : EntityUtils.toByteArray(entity));
  }

  private static HttpEntity entity(Body body) {
    return switch (body.kind()) {
      case BYTES -> new ByteArrayEntity(body.bytes(), null);
      case FILE -> new FileEntity(Objects.requireNonNull(body.file()).toFile(), null);
      case STREAM -> new InputStreamEntity(body.stream(), body.bytes().length, null);
    };
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
