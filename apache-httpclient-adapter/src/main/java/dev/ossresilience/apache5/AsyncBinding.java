package dev.ossresilience.apache5;

import dev.ossresilience.driver.AsyncClientBinding;
import dev.ossresilience.driver.AsyncDriver;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.exchange.BodyProgress;
import dev.ossresilience.exchange.BodySent;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.ProbeRequest;
import dev.ossresilience.exchange.RequestEdit;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.time.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** One call of an asynchronous client. Each attempt is a request of its own: the caller's is never changed. */
final class AsyncBinding implements AsyncClientBinding<AsyncAttempt, Reply>, AsyncDriver.Completion<Reply>, Cancellable, Lifetime.Call {
  private final HttpRequest original;
  private final Transport transport;
  private final Exchange exchange;
  private final Lifetime lifetime;
  private final AsyncExecCallback caller;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private volatile @Nullable AsyncEntityProducer body;
  private volatile @Nullable Scheduler scheduler;
  private volatile @Nullable AsyncDriver<AsyncAttempt, Reply> driver;
  private volatile @Nullable AsyncAttempt current;

  /** That of the last attempt, null if it had none. */
  private volatile @Nullable AttemptProducer sent;

  AsyncBinding(
      HttpRequest original,
      @Nullable AsyncEntityProducer body,
      Transport transport,
      Exchange exchange,
      Lifetime lifetime,
      AsyncExecCallback caller) {
    this.original = original;
    this.body = body;
    this.transport = transport;
    this.exchange = exchange;
    this.lifetime = lifetime;
    this.caller = caller;
  }

  /** Begins it on the working thread: to sign may mean to fetch credentials, and the caller may be a thread that does I/O. */
  void start(Scheduler working) {
    scheduler = working;
    lifetime.tell(this);
    transport.context().report(null); // that of an earlier call with this context is not this one's
    try {
      AsyncDriver<AsyncAttempt, Reply> begun = AsyncDriver.of(exchange, this, working, this);
      driver = begun;
      working.execute(begun::begin);
    } catch (RejectedExecutionException e) {
      failed(new IOException("the scheduler was shut down before the call to OSS had begun", e));
    }
  }

  @Override
  public boolean cancel() {
    boolean first = cancelled.compareAndSet(false, true);
    closed();
    closing();
    return first;
  }

  @Override
  public void closed() {
    AsyncAttempt underWay = current;
    if (underWay != null) {
      underWay.giveUp(cancelledException());
    }
  }

  @Override
  public void closing() {
    AsyncDriver<AsyncAttempt, Reply> waiting = driver;
    if (waiting != null) {
      waiting.cancel();
    }
  }

  @Override
  public void bufferBody(Consumer<@Nullable IOException> then) {
    AsyncEntityProducer callers = Objects.requireNonNull(body, "only a body is buffered");
    BodyAhead.Reader reader =
        new BodyAhead.Reader() {
          @Override
          public void read(AsyncEntityProducer buffered) {
            body = buffered;
            then.accept(null);
          }

          @Override
          public void failed(IOException cause) {
            then.accept(cause);
          }

          @Override
          public boolean isCancelled() {
            return AsyncBinding.this.isCancelled();
          }
        };
    new BodyAhead(callers, Objects.requireNonNull(scheduler), reader).go();
  }

  @Override
  public AsyncAttempt edit(RequestEdit edit) {
    rewind();
    String path = original.getPath();
    for (Map.Entry<String, String> parameter : edit.query().entrySet()) {
      path = RawTarget.withParameter(path, parameter.getKey(), parameter.getValue());
    }
    HttpRequest request = request(original.getMethod(), path);
    request.setVersion(original.getVersion());
    request.setHeaders(original.getHeaders());
    edit.headers().forEach((name, value) -> set(request, name, value));
    AsyncEntityProducer guarded = bodyToGuard();
    AttemptProducer own = guarded == null ? null : new AttemptProducer(guarded, exchange.isBodyOneShotBelow(), exchange.checksBody());
    return new AsyncAttempt(request, own, caller);
  }

  @Override
  public AsyncAttempt probe(ProbeRequest probe) {
    String path = probe.pathOr(RawTarget.path(original.getPath()));
    HttpRequest request = request(probe.method(), probe.query().isEmpty() ? path : path + "?" + probe.query());
    probe.headers().forEach(request::setHeader);
    return new AsyncAttempt(request, null, null);
  }

  private HttpRequest request(String method, @Nullable String path) {
    return new BasicHttpRequest(method, original.getScheme(), original.getAuthority(), path);
  }

  private static void set(HttpRequest request, String name, String value) {
    if (value.isEmpty()) {
      request.removeHeaders(name);
    } else {
      request.setHeader(name, value);
    }
  }

  /** As in {@link ClassicBinding}: a client that repeats takes a request without a body for harmless. */
  private @Nullable AsyncEntityProducer bodyToGuard() {
    boolean emptyLooksLikeNone = original.getMethod().equals("POST") || original.getMethod().equals("PUT");
    AsyncEntityProducer callers = body;
    boolean standIn = callers == null && exchange.isBodyOneShotBelow() && emptyLooksLikeNone;
    return standIn ? new BasicAsyncEntityProducer(new byte[0], null) : callers;
  }

  /** Brings the caller's body back to its start, if it was ever asked for; no earlier attempt gives anything of it any more. */
  private void rewind() {
    AttemptProducer before = sent;
    if (before == null) {
      return;
    }
    before.retireWholly();
    AsyncEntityProducer callers = body;
    if (callers != null && callers.isRepeatable()) {
      callers.releaseResources();
    }
  }

  @Override
  public void send(AsyncAttempt request, Reception<Reply> then) {
    if (isCancelled()) {
      then.failed(cancelledException());
      return;
    }
    current = request;
    if (!request.isProbe()) {
      sent = request.body();
    }
    request.begin(transport, then);
    if (isCancelled()) {
      request.giveUp(cancelledException()); // whoever cancelled until now may not have seen it
    }
  }

  @Override
  public void peekBody(Reply response, int limit, BooleanSupplier goOn, Consumer<byte[]> then) {
    response.peek(limit, goOn, then);
  }

  @Override
  public void endPeek(Reply response) {
    response.endPeek();
  }

  @Override
  public void readBody(Reply response, OutputStream sink, long limit, BooleanSupplier goOn, Consumer<@Nullable IOException> then) {
    response.read(sink, limit, goOn, then);
  }

  @Override
  public int repeatsBelow() {
    AsyncAttempt last = current;
    return last == null || last.isProbe() ? 0 : Math.max(0, transport.arrivals() - 1);
  }

  @Override
  public @Nullable Diagnosis diagnose(IOException failure) {
    AttemptProducer producer = sent;
    return ClientFailures.diagnose(failure, producer != null && !producer.isStarted());
  }

  @Override
  public boolean isBodyStarted() {
    AttemptProducer producer = sent;
    return producer != null && producer.isStarted();
  }

  /** Also if it was never asked for although there was something to send, and the server had nothing against that. */
  @Override
  public boolean isBodyReplaced() {
    AsyncAttempt last = current;
    AttemptProducer producer = sent;
    if (last == null || producer == null) {
      return false;
    }
    Reply answer = last.reply();
    boolean heldBack = transport.context().sentExpecting();
    boolean bypassed = !heldBack && !producer.isAsked() && producer.getContentLength() != 0 && answer != null && answer.head().getCode() < 300;
    return bypassed || !producer.wentStraight();
  }

  /** HttpClient goes on to send a body that it has held back, unless the answer is an error: what counts as untouched has to stay so. */
  @Override
  public BodyProgress bodyProgress() {
    AsyncAttempt last = current;
    AttemptProducer producer = sent;
    if (last == null || producer == null || producer.isWhole()) {
      return BodyProgress.WHOLE;
    }
    if (producer.isAsked() || !transport.context().sentExpecting()) {
      return producer.isAsked() ? BodyProgress.PART : BodyProgress.WHOLE;
    }
    Reply answer = last.reply();
    boolean redirected = answer != null && answer.head().getCode() / 100 == 3; // which is delivered, and must not break off
    return !redirected && producer.retireUntouched() ? BodyProgress.UNTOUCHED : BodyProgress.PART;
  }

  @Override
  public @Nullable BodySent bodySent() {
    AttemptProducer producer = sent;
    return producer == null ? null : producer.sent();
  }

  @Override
  public ResponseHead head(Reply response) {
    return new ApacheResponseHead(response.head());
  }

  @Override
  public Reply detach(Reply response, byte[] bytes) {
    Reply detached = Responses.detached(response, bytes);
    response.abandon();
    return detached;
  }

  @Override
  public Reply recovered(int status, Map<String, String> headers, byte[] content) {
    return Responses.reply(status, headers, content);
  }

  @Override
  public void close(Reply response) {
    response.abandon();
  }

  @Override
  public void idle() {
    current = null;
    transport.context().idle();
  }

  @Override
  public void writeRequestBody(OutputStream sink) throws IOException {
    AsyncEntityProducer callers = body;
    if (callers != null) {
      rewind();
      BodyReader.read(callers, sink, this::isCancelled);
      callers.releaseResources(); // back to its start
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled.get() || lifetime.isOver();
  }

  @Override
  public IOException cancelledException() {
    return cancelled.get()
        ? new RequestFailedException("Request aborted") // word for word what the client says
        : new ConnectionClosedException("the client was closed before the call had ended");
  }

  private void over() {
    lifetime.forget(this);
    transport.context().report(exchange.report());
  }

  @Override
  public void delivered(Reply response) {
    over();
    response.deliver(caller);
  }

  @Override
  public void failed(IOException failure) {
    over();
    caller.failed(AsyncAttempt.unwrapped(failure));
  }
}
