package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ossresilience.OssResilience;
import dev.ossresilience.report.ExchangeReport.Outcome;
import dev.ossresilience.testkit.VirtualScheduler;
import dev.ossresilience.testkit.fault.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that can be read only once, of which some may be read into memory. */
class BufferedBodyTest extends OverSimulator {
  enum Path {
    WRAP,
    HANDLER,
    ASYNC_WRAP,
    ASYNC_HANDLER;

    boolean isAsync() {
      return this == ASYNC_WRAP || this == ASYNC_HANDLER;
    }
  }

  private static final String HELLO = "hello, OSS\n";

  /** What a caller hands over: it announces one length, gives what it gives, and may break there. */
  private record Body(long announced, String text, boolean breaks) {
    /** A plain stream where that does: others know what they announce. */
    HttpEntity entity() {
      if (!breaks && announced == text.length()) {
        return new InputStreamEntity(new ByteArrayInputStream(bytes(text)), announced, ContentType.TEXT_PLAIN);
      }
      return new HttpEntityWrapper(new InputStreamEntity(new ByteArrayInputStream(bytes(text)), announced, ContentType.TEXT_PLAIN)) {
        @Override
        public void writeTo(OutputStream out) throws IOException {
          out.write(bytes(text));
          if (breaks) {
            throw new IOException("broken disk");
          }
        }
      };
    }

    AbstractBinAsyncEntityProducer producer() {
      return new Dripping(this);
    }
  }

  /** Gives a byte every second time it is asked: one whose source keeps it waiting. */
  private static final class Dripping extends AbstractBinAsyncEntityProducer {
    private final Body body;
    private int asked;

    Dripping(Body body) {
      super(0, ContentType.TEXT_PLAIN);
      this.body = body;
    }

    @Override
    protected int availableData() {
      return 1;
    }

    @Override
    protected void produceData(StreamChannel<ByteBuffer> channel) throws IOException {
      int at = asked++ / 2;
      if (at == body.text().length()) {
        if (body.breaks()) {
          throw new IOException("broken disk");
        }
        channel.endStream();
      } else if (asked % 2 == 0) {
        channel.write(ByteBuffer.wrap(new byte[] {(byte) body.text().charAt(at)}));
      }
      if (channel instanceof DataStreamChannel waiting) {
        waiting.requestOutput();
      }
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public long getContentLength() {
      return body.announced();
    }

    @Override
    public void failed(Exception cause) {}
  }

  private int put(Path path, Body body) throws Exception {
    OssResilience oss = settings().bufferOneShotBodiesUpTo(HELLO.length()).scheduler(new VirtualScheduler(time)).build();
    if (path.isAsync()) {
      return putAsync(path, body, oss);
    }
    HttpPut request = new HttpPut(url("a"));
    request.setEntity(body.entity());
    try (CloseableHttpClient through =
        path == Path.WRAP
            ? OssHttpClients.wrap(HttpClients.custom().disableAutomaticRetries().build(), oss)
            : OssHttpClients.configure(HttpClients.custom(), oss).build()) {
      return send(through, request).status();
    }
  }

  private int putAsync(Path path, Body body, OssResilience oss) throws Exception {
    CloseableHttpAsyncClient through =
        path == Path.ASYNC_WRAP
            ? OssHttpClients.wrap(HttpAsyncClients.custom().disableAutomaticRetries().disableRedirectHandling().build(), oss)
            : OssHttpClients.configure(HttpAsyncClients.custom(), oss).build();
    through.start();
    try {
      BasicRequestProducer request = new BasicRequestProducer(new BasicHttpRequest("PUT", java.net.URI.create(url("a"))), body.producer());
      return through.execute(request, SimpleResponseConsumer.create(), null).get(20, TimeUnit.SECONDS).getCode();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      through.close(CloseMode.IMMEDIATE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamSurvivesA503(Path path) throws Exception {
    server.faults().next(Fault.error(503, "ServiceUnavailable"), Fault.internalError());

    assertThat(put(path, new Body(HELLO.length(), HELLO, false))).isEqualTo(200);
    assertThat(stored("a")).isEqualTo(HELLO);
    assertThat(traffic()).containsExactly("PUT 503", "PUT 500", "PUT 200");
  }

  @ParameterizedTest
  @EnumSource
  void longerStreamAndOneOfUnknownLengthStayOneShot(Path path) throws Exception {
    server.faults().next(Fault.internalError(), Fault.internalError());

    assertThat(put(path, new Body(HELLO.length() + 1, HELLO + "!", false))).isEqualTo(500);
    assertThat(put(path, new Body(-1, HELLO, false))).isEqualTo(500);
    assertThat(traffic()).containsExactly("PUT 500", "PUT 500");
  }

  @ParameterizedTest
  @EnumSource
  void streamOfAnotherLengthThanAnnouncedIsNotSent(Path path) {
    assertThatThrownBy(() -> put(path, new Body(3, HELLO, false))).isInstanceOf(IOException.class).hasMessageContaining("announced 3 bytes and gave more");
    assertThatThrownBy(() -> put(path, new Body(9, "hello", false))).isInstanceOf(IOException.class).hasMessageContaining("announced 9 bytes and gave 5");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void streamThatBreaksWhileItIsReadIsNotSent(Path path) {
    assertThatThrownBy(() -> put(path, new Body(9, "hello", true)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of 9 bytes could not be read")
        .hasStackTraceContaining("broken disk");
    assertThat(server.requests()).isEmpty();
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.EXCEPTION);
    assertThat(reports.get(0).attempts()).isZero();
  }
}
