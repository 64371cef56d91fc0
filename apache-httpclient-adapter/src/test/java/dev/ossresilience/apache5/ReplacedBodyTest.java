package dev.ossresilience.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ossresilience.append.AmbiguousAppendException;
import dev.ossresilience.testkit.fault.Fault;
import dev.ossresilience.write.AmbiguousWriteException;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.entity.GzipCompressingEntity;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other bytes than the caller's go out, because something in the wrapped client makes them: what the server has can't be compared with the caller's. */
class ReplacedBodyTest extends OverSimulator {
  /** What programs build into their clients. */
  enum Replacing {
    STREAMED,
    BUFFERED,
    FRAMED,
    AS_LONG;

    HttpEntity of(HttpEntity body) {
      return switch (this) {
        case STREAMED -> new GzipCompressingEntity(body);
        case BUFFERED -> zipped(body);
        case FRAMED -> new Framed(body);
        case AS_LONG -> new Inverted(body);
      };
    }

    int length(String body) {
      return written(of(entity(body))).length;
    }
  }

  @ParameterizedTest
  @EnumSource
  void acknowledgedAppendsAreBelieved(Replacing body) throws IOException {
    CloseableHttpClient replacing = replacing(body::of);
    for (int i = 0, end = 0; i < 3; i++) {
      Reply reply = send(replacing, append("a", end, "hello"));
      assertThat(reply.status()).isEqualTo(200);
      end = Integer.parseInt(reply.header("x-oss-next-append-position"));
      assertThat(stored("a")).hasSize(end);
    }
    assertThat(server.requestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aLostAnswerLeavesOpenWhatIsStored(Replacing body) {
    server.faults().next(Fault.applyThenDrop());
    AmbiguousAppendException thrown =
        catchThrowableOfType(AmbiguousAppendException.class, () -> send(replacing(body::of), append("a", 0, "hello")));
    assertThat(thrown).hasMessageContaining("another body");
    assertThat(thrown.length()).isEqualTo(-1);
    assertThat(stored("a")).hasSize(body.length("hello"));
  }

  @ParameterizedTest
  @EnumSource
  void alsoWhereTheCallerHasAContext(Replacing body) {
    for (HttpContext context : new HttpContext[] {HttpClientContext.create(), HttpCoreContext.create()}) {
      String key = context.getClass().getSimpleName();
      server.faults().next(Fault.applyThenDrop());
      assertThatThrownBy(() -> replacing(body::of).execute(append(key, 0, "hello"), context, OverSimulator::read))
          .isInstanceOf(AmbiguousAppendException.class);
      assertThat(stored(key)).hasSize(body.length("hello"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void alsoIfItIsReplacedBeforeHttpClientLooksAtIt(Replacing body) {
    HttpClientBuilder builder = HttpClients.custom().disableAutomaticRetries();
    builder.addExecInterceptorBefore(
        ChainElement.PROTOCOL.name(),
        "replacing",
        (request, scope, chain) -> {
          replace(request, body::of);
          return chain.proceed(request, scope);
        });
    server.faults().next(Fault.applyThenDrop());
    assertThatThrownBy(() -> send(OssHttpClients.wrap(builder.build(), settings().build()), append("a", 0, "hello")))
        .isInstanceOf(AmbiguousAppendException.class);
    assertThat(stored("a")).hasSize(body.length("hello"));
  }

  @ParameterizedTest
  @EnumSource
  void aFailureThatMayBeStoredLeavesItOpenToo(Replacing body) {
    server.faults().next(Fault.applyThenInternalError());
    assertThatThrownBy(() -> send(replacing(body::of), append("a", 0, "hello"))).isInstanceOf(AmbiguousAppendException.class);
    assertThat(stored("a")).hasSize(body.length("hello"));
  }

  @ParameterizedTest
  @EnumSource
  void aConflictThatMayBeWithItsOwnBytesLeavesItOpen(Replacing body) {
    server.append("logs", "a", bytes("theirs, and longer than ours"));
    assertThatThrownBy(() -> send(replacing(body::of), append("a", 0, "hello"))).isInstanceOf(AmbiguousAppendException.class);
    assertThat(stored("a")).isEqualTo("theirs, and longer than ours");
  }

  @ParameterizedTest
  @EnumSource
  void aConflictThatProvesARefusalIsOne(Replacing body) throws IOException {
    server.append("logs", "a", bytes("theirs"));
    assertThat(send(replacing(body::of), append("a", 100, "hello")).status()).isEqualTo(200);
    assertThat(stored("a")).startsWith("theirs").hasSize(6 + body.length("hello"));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsStoredInsteadIsNoDamage(Replacing body) throws IOException {
    server.faults().next(Fault.internalError());
    assertThat(send(replacing(body::of), put("a", "hello")).status()).isEqualTo(200);
    assertThat(traffic()).containsExactly("PUT 500", "PUT 200");
  }

  @ParameterizedTest
  @EnumSource
  void aPutThatWasRefusedBecauseItMayBeThereAlreadyLeavesItOpen(Replacing body) {
    server.faults().next(Fault.applyThenDrop());
    HttpPut put = put("a", "hello");
    put.setHeader("x-oss-forbid-overwrite", "true");
    assertThatThrownBy(() -> send(replacing(body::of), put)).isInstanceOf(AmbiguousWriteException.class).hasMessageContaining("another body");
    assertThat(stored("a")).hasSize(body.length("hello"));
  }

  @Test
  void aBodyThatIsOnlyWatchedIsStillFound() throws IOException {
    CloseableHttpClient watching = replacing(Watched::new);
    send(watching, append("a", 0, "hello"));
    server.faults().next(Fault.applyThenDrop());
    Reply reply = send(watching, append("a", 5, "hello"));
    assertThat(reply.header("x-oss-resilience")).isEqualTo("recovered");
    assertThat(reply.header("x-oss-next-append-position")).isEqualTo("10");
    assertThat(stored("a")).isEqualTo("hellohello");
  }

  private CloseableHttpClient replacing(UnaryOperator<HttpEntity> replacement) {
    HttpClientBuilder builder = HttpClients.custom().disableAutomaticRetries();
    builder.addRequestInterceptorLast((request, entity, context) -> replaceWithHeaders((ClassicHttpRequest) request, replacement));
    return OssHttpClients.wrap(builder.build(), settings().build());
  }

  private static void replace(ClassicHttpRequest request, UnaryOperator<HttpEntity> replacement) {
    if (request.getEntity() != null) {
      request.setEntity(replacement.apply(request.getEntity()));
    }
  }

  /** Where HttpClient has already set what tells the body's length. */
  private static void replaceWithHeaders(ClassicHttpRequest request, UnaryOperator<HttpEntity> replacement) {
    replace(request, replacement);
    if (request.getEntity() != null && request.getEntity().getContentLength() < 0) {
      request.removeHeaders("Content-Length");
      request.setHeader("Transfer-Encoding", "chunked");
    } else if (request.getEntity() != null) {
      request.setHeader("Content-Length", request.getEntity().getContentLength());
    }
  }

  private static byte[] written(HttpEntity entity) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      entity.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Compressed before it is sent, so that its length is known. */
  private static HttpEntity zipped(HttpEntity body) {
    return new ByteArrayEntity(written(new GzipCompressingEntity(body)), null);
  }

  /** With something before and after it. */
  private static final class Framed extends HttpEntityWrapper {
    Framed(HttpEntity body) {
      super(body);
    }

    @Override
    public long getContentLength() {
      return super.getContentLength() + 2;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write('<');
      super.writeTo(out);
      out.write('>');
    }
  }

  /** Other bytes, but as many: encrypted, say. */
  private static final class Inverted extends HttpEntityWrapper {
    Inverted(HttpEntity body) {
      super(body);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      super.writeTo(
          new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
              out.write(~b);
            }
          });
    }
  }

  /** As it was. */
  private static final class Watched extends HttpEntityWrapper {
    private long progress;

    Watched(HttpEntity body) {
      super(body);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      super.writeTo(
          new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
              out.write(b);
              progress++;
            }
          });
      assertThat(progress).isEqualTo(getContentLength());
    }
  }
}
