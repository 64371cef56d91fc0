package dev.ossresilience.okhttp;

import dev.ossresilience.OssResilience;
import dev.ossresilience.driver.AsyncDriver;
import dev.ossresilience.driver.BlockingDriver;
import dev.ossresilience.exchange.Exchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A call to OSS that consists of as many calls of OkHttp's as it takes. */
final class OssCall implements Call {
  private final OkHttpClient client;
  private final AttemptClients clients;
  private final OssResilience oss;
  private final Request request;
  private final CallLimit limit;
  private final AtomicBoolean executed = new AtomicBoolean();
  private volatile boolean cancelled;
  private volatile @Nullable Call current;
  private volatile @Nullable AsyncDriver<Request, Response> driver;
  private volatile @Nullable CallExtras extras;

  OssCall(OkHttpClient client, AttemptClients clients, OssResilience oss, Request request) {
    this.client = client;
    this.clients = clients;
    this.oss = oss;
    this.request = request;
    this.limit = new CallLimit(this, client.callTimeoutMillis());
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response execute() throws IOException {
    Exchange exchange = begin();
    limit.begin();
    try {
      return BlockingDriver.run(exchange, new AttemptsBinding(this, clients, exchange), oss.waiter());
    } finally {
      limit.exit();
    }
  }

  @Override
  public void enqueue(Callback callback) {
    Objects.requireNonNull(callback, "responseCallback");
    Exchange exchange = begin();
    AttemptsBinding binding = new AttemptsBinding(this, clients, exchange);
    Telling telling = new Telling(this, callback, binding, client.dispatcher());
    AsyncDriver<Request, Response> started = AsyncDriver.of(exchange, binding, oss.scheduler(), telling);
    driver = started;
    binding.open(
        () -> {
          limit.begin();
          started.begin();
        },
        telling::failed);
  }

  private Exchange begin() {
    if (!executed.compareAndSet(false, true)) {
      throw new IllegalStateException("Already Executed");
    }
    return Objects.requireNonNull(oss.exchangeFor(new RequestView(request), RequestView.options(request)), "only calls to OSS are made here");
  }

  /** Another request of this call begins; if the call is cancelled, so is that. */
  void underWay(Call one) {
    current = one;
    limit.applyTo(one);
    CallExtras added = extras;
    if (added != null) {
      added.applyTo(one);
    }
    if (cancelled) {
      one.cancel();
    }
  }

  /** A request of this call ended without a response. Whoever cancelled that, by {@code Dispatcher.cancelAll} perhaps, meant the call. */
  void ended(Call one) {
    if (one.isCanceled()) {
      cancelled = true;
    }
    if (current == one) { // else another has begun meanwhile
      current = null;
    }
  }

  /** The last request is over. Whoever cancelled that request until now meant the call. */
  void letGo() {
    Call one = current;
    if (one != null && one.isCanceled()) {
      cancelled = true;
    }
    current = null;
  }

  /** Nothing more will come of this call. */
  void over() {
    limit.exit();
    driver = null;
  }

  @Override
  public void cancel() {
    cancelled = true;
    Call one = current;
    if (one != null) {
      one.cancel();
    }
    AsyncDriver<?, ?> waiting = driver;
    if (waiting != null) {
      waiting.cancel();
    }
  }

  @Override
  public boolean isExecuted() {
    return executed.get();
  }

  @Override
  public boolean isCanceled() {
    Call one = current;
    return cancelled || (one != null && one.isCanceled());
  }

  IOException cancelledException() {
    return limit.isTimedOut() ? new InterruptedIOException("timeout") : new IOException("Canceled");
  }

  /** What a request failed with, or that the call's time was up if that is why. */
  IOException explain(IOException failure) {
    if (!limit.isTimedOut() || failure instanceof InterruptedIOException) {
      return failure;
    }
    IOException timeout = cancelledException();
    timeout.initCause(failure);
    return timeout;
  }

  @Override
  public Timeout timeout() {
    return limit;
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public Call clone() {
    return new OssCall(client, clients, oss, request);
  }

  /** Names no query, which may hold a signature. */
  @Override
  public String toString() {
    return (isCanceled() ? "canceled call" : "call") + " to " + request.url().redact();
  }

  private synchronized CallExtras extras() {
    CallExtras made = extras == null ? new CallExtras(request) : extras;
    extras = made;
    return made;
  }

  @Override
  public void addEventListener(EventListener listener) {
    extras().add(listener);
  }

  @Override
  public <T> @Nullable T tag(KClass<T> type) {
    return tag(JvmClassMappingKt.getJavaObjectType(type));
  }

  @Override
  public <T> @Nullable T tag(Class<? extends T> type) {
    CallExtras added = extras;
    return added == null ? request.tag(type) : added.tag(type);
  }

  @Override
  public <T> T tag(KClass<T> type, Function0<? extends T> computeIfAbsent) {
    return tag(JvmClassMappingKt.getJavaObjectType(type), computeIfAbsent);
  }

  @Override
  public <T> T tag(Class<T> type, Function0<? extends T> computeIfAbsent) {
    return extras().tag(type, computeIfAbsent);
  }
}
