package dev.ossresilience.model;

import dev.ossresilience.driver.AsyncClientBinding;
import dev.ossresilience.driver.AsyncDriver;
import dev.ossresilience.driver.ClientBinding;
import dev.ossresilience.error.Diagnosis;
import dev.ossresilience.exchange.BodySent;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.ProbeRequest;
import dev.ossresilience.exchange.RequestEdit;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.time.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The model's client as one that calls back, in virtual time on one thread. There is nobody to interrupt: who would, cancels. */
final class CallingBack
    implements AsyncClientBinding<ModelServer.Request, ModelServer.Response>, Scheduler, AsyncDriver.Completion<ModelServer.Response> {
  private record Timer(FutureTask<?> task, Duration delay) {}

  private final ModelServer server;
  private final Sending sending;
  private final ClientBinding<ModelServer.Request, ModelServer.Response> binding;
  private final Deque<Runnable> ready = new ArrayDeque<>();
  private final Deque<Timer> timers = new ArrayDeque<>();
  private ModelServer.@Nullable Response delivered;
  private @Nullable IOException failure;

  CallingBack(ModelServer server, Sending sending, ClientBinding<ModelServer.Request, ModelServer.Response> binding) {
    this.server = server;
    this.sending = sending;
    this.binding = binding;
  }

  ModelServer.Response run(Exchange exchange) throws IOException {
    AsyncDriver<?, ?> driver = AsyncDriver.of(exchange, this, this, this);
    driver.begin();
    while (!ready.isEmpty() || !timers.isEmpty()) {
      if (!ready.isEmpty()) {
        ready.remove().run();
      } else {
        pass(timers.remove());
      }
      if (sending.cancelled) {
        driver.cancel();
      }
    }
    if (failure != null) {
      throw failure;
    }
    if (delivered == null) {
      throw new AssertionError("the call never ended");
    }
    return delivered;
  }

  private void pass(Timer timer) {
    if (timer.task.isCancelled()) {
      return;
    }
    try {
      server.await(timer.delay.toNanos(), () -> false);
    } catch (InterruptedException e) {
      cancelInstead();
    }
    if (!sending.cancelled) {
      timer.task.run();
    }
  }

  private void cancelInstead() {
    if (sending.interrupted) {
      Thread.interrupted();
      sending.interrupted = false;
      sending.cancelled = true;
    }
  }

  @Override
  public void bufferBody(Consumer<@Nullable IOException> then) {
    throw new IllegalStateException("the model's settings buffer nothing");
  }

  @Override
  public void send(ModelServer.Request request, Reception<ModelServer.Response> then) {
    ready.add(() -> {
      try {
        if (sending.cancelled) {
          throw new Failures.Reset();
        }
        ModelServer.Response response = binding.send(request);
        cancelInstead();
        then.answered(response);
      } catch (IOException e) {
        cancelInstead();
        then.failed(e);
      }
    });
  }

  @Override
  public void peekBody(ModelServer.Response response, int limit, BooleanSupplier goOn, Consumer<byte[]> then) {
    then.accept(binding.peekBody(response, limit, goOn));
  }

  @Override
  public void readBody(ModelServer.Response response, OutputStream sink, long limit, BooleanSupplier goOn, Consumer<@Nullable IOException> then) {
    try {
      binding.readBody(response, sink, limit, goOn);
    } catch (IOException e) {
      then.accept(e);
      return;
    }
    then.accept(null);
  }

  @Override
  public Future<?> schedule(Runnable task, Duration delay) {
    FutureTask<?> future = new FutureTask<>(task, null);
    if (delay.isZero()) {
      ready.add(future);
    } else {
      timers.add(new Timer(future, delay));
    }
    return future;
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public void fetch(Runnable task) {
    ready.add(task);
  }

  @Override
  public void delivered(ModelServer.Response response) {
    endOnce();
    delivered = response;
  }

  @Override
  public void failed(IOException thrown) {
    endOnce();
    failure = thrown;
  }

  private void endOnce() {
    if (delivered != null || failure != null) {
      throw new AssertionError("the call ended twice");
    }
  }

  @Override
  public ModelServer.Request edit(RequestEdit edit) {
    return binding.edit(edit);
  }

  @Override
  public ModelServer.Request probe(ProbeRequest probe) {
    return binding.probe(probe);
  }

  @Override
  public int repeatsBelow() {
    return binding.repeatsBelow();
  }

  @Override
  public @Nullable Diagnosis diagnose(IOException thrown) {
    return binding.diagnose(thrown);
  }

  @Override
  public boolean isBodyStarted() {
    return binding.isBodyStarted();
  }

  @Override
  public boolean isBodyReplaced() {
    return binding.isBodyReplaced();
  }

  @Override
  public @Nullable BodySent bodySent() {
    return binding.bodySent();
  }

  @Override
  public ResponseHead head(ModelServer.Response response) {
    return binding.head(response);
  }

  @Override
  public ModelServer.Response detach(ModelServer.Response response, byte[] body) {
    return binding.detach(response, body);
  }

  @Override
  public ModelServer.Response recovered(int status, Map<String, String> headers, byte[] body) {
    return binding.recovered(status, headers, body);
  }

  @Override
  public void close(ModelServer.Response response) {
    binding.close(response);
  }

  @Override
  public void writeRequestBody(OutputStream sink) throws IOException {
    binding.writeRequestBody(sink);
  }

  @Override
  public boolean isCancelled() {
    return binding.isCancelled();
  }

  @Override
  public IOException cancelledException() {
    return binding.cancelledException();
  }
}
