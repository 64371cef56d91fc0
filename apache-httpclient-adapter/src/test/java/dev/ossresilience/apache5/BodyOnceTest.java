package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.testkit.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing below sends a body again unseen, whatever retries the delegate was left with. */
class BodyOnceTest extends OverSimulator {
  private final CloseableHttpClient defaults = HttpClients.createDefault();
  private final CloseableHttpClient overDefaults = OssHttpClients.wrap(defaults, settings().build());

  @AfterEach
  void closeMine() throws IOException {
    overDefaults.close();
  }

  /** As a careless strategy would: everything, up to 5 times, at once. */
  private static final class Always extends DefaultHttpRequestRetryStrategy {
    @Override
    public boolean retryRequest(HttpRequest request, IOException exception, int executions, HttpContext context) {
      return executions < 5;
    }

    @Override
    public boolean retryRequest(HttpResponse response, int executions, HttpContext context) {
      return response.getCode() >= 400 && executions < 5;
    }

    @Override
    public TimeValue getRetryInterval(HttpRequest request, IOException exception, int executions, HttpContext context) {
      return TimeValue.ZERO_MILLISECONDS;
    }

    @Override
    public TimeValue getRetryInterval(HttpResponse response, int executions, HttpContext context) {
      return TimeValue.ZERO_MILLISECONDS;
    }
  }

  @Test
  void oneShotBodyIsSentOnceAndItsErrorDelivered() throws IOException {
    HttpPut request = new HttpPut(url("a"));
    request.setEntity(new InputStreamEntity(new ByteArrayInputStream(bytes("hello")), 5, null));
    server.faults().next(Fault.internalError());

    Reply reply = send(request);

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).contains("<Code>InternalError</Code>");
    assertThat(traffic()).containsExactly("PUT 500");
  }

  @ParameterizedTest
  @ValueSource(longs = {5, -1})
  void oneShotBodyNeverBecomesAnEmptyObject(long length) {
    CloseableHttpClient careless =
        OssHttpClients.wrap(
            HttpClients.custom().setRetryStrategy(new Always()).addExecInterceptorLast("flaky", new FailsOnce()).build(),
            settings().build());
    HttpPut request = new HttpPut(url("a"));
    request.setEntity(new InputStreamEntity(new ByteArrayInputStream(bytes("hello")), length, null));
    server.faults().next(Fault.drop());

    assertThatThrownBy(() -> send(careless, request)).isInstanceOf(IOException.class);
    assertThat(traffic()).containsExactly("PUT dropped");
    assertThat(stored("a")).isEqualTo("(absent)");
  }

  @Test
  void bodyThatCantBeReadToItsEndIsNotStoredInPart() {
    HttpPost request = append("a", 0, "");
    request.setEntity(
        new Chunked("hello") {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(bytes("hel"));
            out.flush();
            throw new FileNotFoundException("the disk went away");
          }
        });

    assertThatThrownBy(() -> send(request)).isInstanceOf(IOException.class).hasRootCauseMessage("the disk went away");
    awaitRequests(1);
    assertThat(traffic()).containsExactly("POST dropped");
    assertThat(stored("a")).isEqualTo("(absent)");
  }

  @Test
  void bodyThatCantBeOpenedIsAPlainFailure() {
    HttpPost request = append("a", 0, "");
    request.setEntity(
        new Chunked("hello") {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            throw new FileNotFoundException("no such file");
          }
        });

    assertThatThrownBy(() -> send(request)).isInstanceOf(FileNotFoundException.class).hasMessage("no such file");
    assertThat(stored("a")).isEqualTo("(absent)");
    assertThat(reports.get(0).attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TotalQpsLimitExceeded", "UploadTrafficRateLimitExceeded"})
  void clientWithItsOwnRetriesSendsAnAppendOncePerAttempt(String code) throws IOException {
    server.faults().next(Fault.throttled(code), Fault.applyThenError(503, code));

    assertThat(send(overDefaults, append("a", 0, "hello")).status()).isEqualTo(200);

    long posts = server.requests().stream().filter(r -> r.method().equals("POST")).count();
    assertThat(posts).isEqualTo(reports.get(0).attempts());
    assertThat(stored("a")).isEqualTo("hello");
  }

  @Test
  void clientThatRepeatsEverythingSendsAnAppendOncePerAttempt() throws IOException {
    CloseableHttpClient careless =
        OssHttpClients.wrap(HttpClients.custom().setRetryStrategy(new Always()).build(), settings().build());
    server.faults().next(Fault.drop(), Fault.internalError(), Fault.applyThenDrop());

    assertThat(send(careless, append("a", 0, "hello")).status()).isEqualTo(200);

    long posts = server.requests().stream().filter(r -> r.method().equals("POST")).count();
    assertThat(posts).isEqualTo(reports.get(0).attempts());
    assertThat(stored("a")).isEqualTo("hello");
  }

  @Test
  void postWithoutBodyIsNotRepeatedUnseenEither() throws IOException {
    HttpPost initiate = new HttpPost(url("a?x-oss-async-process"));
    server.faults().next(Fault.error(503, "SomethingNew"));

    Reply reply = send(overDefaults, initiate);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(traffic()).containsExactly("POST 503");
    assertThat(server.requests().get(0).headers()).containsEntry("content-length", "0").doesNotContainKey("content-type");
  }

  @Test
  void attemptThatNeverReachedTheBodyMayBeRepeatedWithAOneShotBody() throws IOException {
    CloseableHttpClient flaky =
        OssHttpClients.wrap(
            HttpClients.custom().disableAutomaticRetries().addExecInterceptorLast("flaky", new FailsOnce()).build(), settings().build());
    HttpPost request = append("a", 0, "");
    request.setEntity(new InputStreamEntity(new ByteArrayInputStream(bytes("hello")), 5, null));

    assertThat(send(flaky, request).status()).isEqualTo(200);
    assertThat(stored("a")).isEqualTo("hello");
    assertThat(reports.get(0).attempts()).isEqualTo(2);
  }

  /** The first request meets a connection that breaks before anything was sent. */
  private static final class FailsOnce implements ExecChainHandler {
    private boolean failed;

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        ExecChain.Scope scope,
        ExecChain chain)
        throws IOException, HttpException {
      if (!failed) {
        failed = true;
        throw new SocketException("broken before the first byte");
      }
      return chain.proceed(request, scope);
    }
  }
}
