package dev.ossresilience.apache5;

import dev.ossresilience.OssResilience;
import dev.ossresilience.testkit.conformance.AdapterUnderTest;
import dev.ossresilience.testkit.conformance.TestRequest;
import dev.ossresilience.testkit.conformance.TestResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** HttpClient with a handler in its chain, or wrapped. */
record ApacheUnderTest(String name, boolean wrapped, boolean retriesBelow) implements AdapterUnderTest {
  /** As {@link OssHttpClients#configure} makes it. */
  static ApacheUnderTest configured() {
    return new ApacheUnderTest("Apache HttpClient 5, classic handler", false, true);
  }

  /** As the documentation of {@link OssHttpClients#wrap} wants it. */
  static ApacheUnderTest asDocumented() {
    return new ApacheUnderTest("Apache HttpClient 5, wrap", true, false);
  }

  /** With the client's own retries left on. */
  static ApacheUnderTest withDefaults() {
    return new ApacheUnderTest("Apache HttpClient 5, wrap over a default client", true, true);
  }

  @Override
  public boolean isBlocking() {
    return true;
  }

  @Override
  public Client open(OssResilience oss, @Nullable Duration responseTimeout) {
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create().build();
    HttpClientBuilder builder = HttpClients.custom().setConnectionManager(pool);
    if (!retriesBelow) {
      builder.disableAutomaticRetries();
    }
    if (responseTimeout != null) {
      builder.setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(responseTimeout)).build());
    }
    CloseableHttpClient client = wrapped ? OssHttpClients.wrap(builder.build(), oss) : OssHttpClients.configure(builder, oss).build();
    return new Client() {
      @Override
      public Call prepare(TestRequest request) {
        return call(client, request);
      }

      @Override
      public int connectionsInUse() {
        return pool.getTotalStats().getLeased();
      }

      @Override
      public int connectionsIdle() {
        return pool.getTotalStats().getAvailable();
      }

      @Override
      public void close() {
        try {
          client.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static Call call(CloseableHttpClient client, TestRequest request) {
    HttpUriRequestBase apache = new HttpUriRequestBase(request.method(), request.uri());
    request.headers().forEach(apache::setHeader);
    byte[] body = request.body();
    if (body != null) {
      HttpEntity oneShot = new InputStreamEntity(new ByteArrayInputStream(body), body.length, null);
      apache.setEntity(request.oneShot() ? oneShot : new ByteArrayEntity(body, null));
    }
    return new Call() {
      @Override
      public TestResponse execute() throws IOException {
        return client.execute(apache, ApacheUnderTest::read);
      }

      @Override
      public void cancel() {
        apache.cancel();
      }
    };
  }

  private static TestResponse read(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName(), header.getValue());
    }
    HttpEntity entity = response.getEntity();
    return new TestResponse(response.getCode(), headers, entity == null ? new byte[0] : EntityUtils.toByteArray(entity));
  }
}
