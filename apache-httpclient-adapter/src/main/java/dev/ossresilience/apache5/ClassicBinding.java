package dev.ossresilience.apache5;

import dev.ossresilience.driver.BlockingDriver;
import dev.ossresilience.driver.BodyBuffer;
import dev.ossresilience.driver.ClientBinding;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.exchange.BodyProgress;
import dev.ossresilience.exchange.BodySent;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.ProbeRequest;
import dev.ossresilience.exchange.RequestEdit;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * One call through HttpClient, on one thread. Each attempt is a request of its own: the caller's is never changed. Where an attempt is
 * sent to is what its subclasses differ in.
 */
abstract class ClassicBinding implements ClientBinding<HttpUriRequestBase, ClassicHttpResponse> {
  private static final URI ANY = URI.create("/");

  private final ClassicHttpRequest original;
  private final CallContext context;
  private final Exchange exchange;
  private final BooleanSupplier closed;
  private @Nullable HttpEntity buffered;
  private @Nullable AttemptEntity body;
  private boolean probing;

  /** {@code closed} says whether the client was closed, which gives up all that waits. */
  ClassicBinding(ClassicHttpRequest original, CallContext context, Exchange exchange, BooleanSupplier closed) {
    this.original = original;
    this.context = context;
    this.exchange = exchange;
    this.closed = closed;
  }

  /** Makes the call. */
  final ClassicHttpResponse run(Waiter waiter) throws IOException {
    context.report(null); // that of an earlier call with this context is not this one's
    try {
      return BlockingDriver.run(exchange, this, waiter);
    } finally {
      context.report(exchange.report());
    }
  }

  @Override
  public void bufferBody() throws IOException {
    HttpEntity entity = original.getEntity();
    buffered = entity == null ? null : new BufferedEntity(entity, BodyBuffer.read(entity.getContentLength(), entity::writeTo));
  }

  /** The caller's body, or what was read of it. */
  private @Nullable HttpEntity entity() {
    return buffered == null ? original.getEntity() : buffered;
  }

  @Override
  public HttpUriRequestBase edit(RequestEdit edit) {
    String path = original.getPath();
    for (Map.Entry<String, String> parameter : edit.query().entrySet()) {
      path = RawTarget.withParameter(path, parameter.getKey(), parameter.getValue());
    }
    HttpUriRequestBase attempt = request(original.getMethod(), path);
    attempt.setVersion(original.getVersion());
    attempt.setHeaders(original.getHeaders());
    edit.headers().forEach((name, value) -> set(attempt, name, value));
    HttpEntity entity = bodyToGuard();
    body = entity == null ? null : new AttemptEntity(entity, exchange.isBodyOneShotBelow(), exchange.checksBody(), attempt);
    attempt.setEntity(body);
    probing = false;
    return attempt;
  }

  @Override
  public HttpUriRequestBase probe(ProbeRequest probe) {
    HttpUriRequestBase request = request(probe.method(), probe.pathOr(RawTarget.path(original.getPath())) + (probe.query().isEmpty() ? "" : "?" + probe.query()));
    probe.headers().forEach(request::setHeader);
    body = null;
    probing = true;
    return request;
  }

  /** Hands a request on. It can be cancelled, which must end what becomes of it here. */
  abstract ClassicHttpResponse execute(HttpUriRequestBase request, HttpClientContext within) throws IOException;

  /** Whether the caller's request was cancelled. */
  abstract boolean isAborted();

  @Override
  public final ClassicHttpResponse send(HttpUriRequestBase request) throws IOException {
    try {
      return execute(request, probing ? context.forProbe() : context.forAttempt());
    } catch (IOException e) {
      throw body == null ? e : body.causeOf(e);
    } catch (IllegalStateException e) {
      // HttpClient trips over the connection that a cancellation has taken away from it.
      if (isAborted() || Thread.currentThread().isInterrupted()) {
        throw new RequestFailedException("Request aborted", e);
      }
      throw e;
    } finally {
      if (!probing) {
        context.restore();
      }
    }
  }

  @Override
  public int repeatsBelow() {
    return probing ? 0 : Math.max(0, context.arrivals() - 1);
  }

  @Override
  public @Nullable Diagnosis diagnose(IOException failure) {
    return ClientFailures.diagnose(failure, body != null && !body.isStarted());
  }

  @Override
  public boolean isBodyStarted() {
    return body != null && (body.isStarted() || sentAnother());
  }

  /** Also if the body was read and nothing is known of the request that was sent: then something else may have become of it. */
  @Override
  public boolean isBodyReplaced() {
    return body != null && (sentAnother() || (body.isStarted() && !(body.wentStraight() && context.sent() != null)));
  }

  /** Whether a request was sent with something else than {@link #body}. */
  private boolean sentAnother() {
    return body != null && context.sent() instanceof ClassicHttpRequest sent && !body.isEntityOf(sent);
  }

  /** One that HttpClient held back, waiting for the server to say that it may come, is known by the request that was sent with it. */
  @Override
  public BodyProgress bodyProgress() {
    if (body == null || body.isWhole()) {
      return BodyProgress.WHOLE;
    }
    return body.isStarted() ? BodyProgress.PART : context.sentExpecting() ? BodyProgress.UNTOUCHED : BodyProgress.WHOLE;
  }

  @Override
  public @Nullable BodySent bodySent() {
    return body == null ? null : body.sent();
  }

  @Override
  public ResponseHead head(ClassicHttpResponse response) {
    return new ApacheResponseHead(response);
  }

  @Override
  public byte[] peekBody(ClassicHttpResponse response, int limit, BooleanSupplier goOn) {
    return PeekedEntity.peek(response, limit, goOn);
  }

  @Override
  public void readBody(ClassicHttpResponse response, OutputStream sink, long limit, BooleanSupplier goOn) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return;
    }
    InputStream in = entity.getContent(); // not closed here: that would read the rest, however long
    byte[] buffer = new byte[8192];
    long left = limit;
    // Asks once more after the last byte wanted, for only the end of the body sets the connection free.
    for (int read; (read = in.read(buffer, 0, (int) Math.max(1, Math.min(buffer.length, left)))) >= 0 && left > 0; left -= read) {
      if (!goOn.getAsBoolean()) {
        throw new InterruptedIOException("the deadline passed while a body was read");
      }
      sink.write(buffer, 0, read);
    }
  }

  @Override
  public ClassicHttpResponse detach(ClassicHttpResponse response, byte[] bytes) {
    ClassicHttpResponse detached = Responses.detached(response, bytes);
    Responses.abandon(response);
    return detached;
  }

  @Override
  public ClassicHttpResponse recovered(int status, Map<String, String> headers, byte[] content) {
    return Responses.success(status, headers, content);
  }

  @Override
  public void close(ClassicHttpResponse response) {
    Responses.abandon(response);
  }

  @Override
  public void writeRequestBody(OutputStream sink) throws IOException {
    HttpEntity entity = entity();
    if (entity != null) {
      entity.writeTo(sink);
    }
  }

  @Override
  public boolean isCancelled() {
    return isAborted() || closed.getAsBoolean();
  }

  @Override
  public IOException cancelledException() {
    return isAborted()
        ? new RequestFailedException("Request aborted") // word for word what the client says
        : new ConnectionClosedException("the client was closed before the call had ended");
  }

  /** Any URI does to create it; the text of the path is then set as it is, since not every path that works is a valid URI. */
  private HttpUriRequestBase request(String method, @Nullable String path) {
    HttpUriRequestBase request = new HttpUriRequestBase(method, ANY);
    request.setScheme(original.getScheme());
    request.setAuthority(original.getAuthority());
    request.setPath(path);
    request.setConfig(context.config());
    return request;
  }

  /**
   * The caller's body. HttpClient repeats a request without one after 503 whatever its method: where that mustn't be, a body of no
   * bytes, which looks the same on the wire, stands in for none.
   */
  private @Nullable HttpEntity bodyToGuard() {
    boolean emptyLooksLikeNone = original.getMethod().equals("POST") || original.getMethod().equals("PUT");
    HttpEntity entity = entity();
    boolean standIn = entity == null && exchange.isBodyOneShotBelow() && emptyLooksLikeNone;
    return standIn ? new ByteArrayEntity(new byte[0], null) : entity;
  }

  private static void set(HttpUriRequestBase request, String name, String value) {
    if (value.isEmpty()) {
      request.removeHeaders(name);
    } else {
      request.setHeader(name, value);
    }
  }
}
