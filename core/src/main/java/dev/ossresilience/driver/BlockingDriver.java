package dev.ossresilience.driver;

import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.Step;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.time.Waiter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an exchange on the calling thread. Closes each failed response before it waits, notices cancellation and interruption
 * in a wait at once, and keeps the interrupt flag.
 */
public final class BlockingDriver<Q, R> extends Attempting<Q, R> {
  /** How soon a cancellation is noticed, as {@link Waiter} promises it too. */
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final ClientBinding<Q, R> binding;
  private final Waiter waiter;

  private BlockingDriver(Exchange exchange, ClientBinding<Q, R> binding, Waiter waiter) {
    super(exchange, binding);
    this.binding = binding;
    this.waiter = waiter;
  }

  /**
   * Runs an exchange to its end.
   *
   * @return a response that the caller must close: a success, a recovered success, or the last error response
   * @throws IOException if the last attempt had no response, the outcome is ambiguous, or the call was cancelled or interrupted
   */
  public static <Q, R> R run(Exchange exchange, ClientBinding<Q, R> binding, Waiter waiter) throws IOException {
    BlockingDriver<Q, R> driver = new BlockingDriver<>(exchange, binding, waiter);
    boolean delivered = false;
    try {
      if (exchange.buffersBody()) {
        binding.bufferBody();
      }
      for (Step step = exchange.begin(); step != null; ) {
        step = step.perform(driver);
      }
      delivered = true;
      return driver.result();
    } catch (RuntimeException | Error e) { // of an interceptor below perhaps, before the server was asked or after it answered
      exchange.broken(e, binding.isBodyStarted());
      throw e;
    } finally {
      if (!delivered) {
        driver.release();
        exchange.abandoned();
      }
    }
  }

  @Override
  public @Nullable Step attempt(Step.Attempt step) throws IOException {
    R response;
    try {
      response = binding.send(next(step));
    } catch (IOException e) {
      return lost(e);
    }
    received(response);
    ResponseHead head = binding.head(response);
    return judge(head, exchange.wantsBody(head) ? peek(response) : NOTHING);
  }

  @Override
  public @Nullable Step probe(Step.Probe step) throws IOException {
    detach();
    R response = null;
    try {
      response = binding.send(binding.probe(step.request()));
      exchange.repeatedBelow(binding.repeatsBelow());
      ResponseHead head = binding.head(response);
      if (head.status() != 206) {
        return exchange.probed(head, head.isSuccessful() && !step.request().wantsBody() ? NOTHING : peek(response), 0, 0);
      }
      DigestSink digest = new DigestSink(0);
      binding.readBody(response, digest, step.request().maxBytes(), () -> exchange.mayReadOn(exchange.now()));
      return exchange.probed(head, NOTHING, digest.length(), digest.crc());
    } catch (IOException e) {
      return probeLost(e);
    } finally {
      if (response != null) {
        binding.close(response);
      }
    }
  }

  @Override
  public @Nullable Step pause(Step.Pause step) throws IOException {
    detach();
    try {
      waiter.await(step.delay().toNanos(), binding::isCancelled);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw exchange.cancelled(new InterruptedIOException("interrupted while waiting to try again"));
    }
    if (binding.isCancelled()) {
      throw exchange.cancelled(binding.cancelledException());
    }
    return exchange.resumed();
  }

  @Override
  public @Nullable Step refresh(Step.Refresh step) throws IOException {
    detach();
    if (!exchange.mayWait()) {
      return exchange.refreshed(false); // fetched now, they would be for nobody
    }
    FutureTask<Boolean> fetch = new FutureTask<>(exchange::fetchCredentials);
    Thread thread = new Thread(fetch, "oss-credentials-refresh"); // so that a cancellation is noticed here meanwhile
    thread.setDaemon(true);
    thread.start();
    try {
      while (!binding.isCancelled() && exchange.mayWait()) {
        try {
          return exchange.refreshed(fetch.get(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
          // not yet: look whether anybody still wants it
        } catch (ExecutionException e) {
          return exchange.refreshed(false);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw exchange.cancelled(new InterruptedIOException("interrupted while waiting for credentials"));
    } finally {
      fetch.cancel(true); // nobody waits for it any more
    }
    if (binding.isCancelled()) {
      throw exchange.cancelled(binding.cancelledException());
    }
    return exchange.refreshed(false); // a provider that hangs
  }

  @Override
  public @Nullable Step deliver(Step.Deliver step) {
    return null;
  }

  @Override
  public @Nullable Step recovered(Step.Recovered step) {
    recover(step);
    return null;
  }

  @Override
  public @Nullable Step fail(Step.Fail step) throws IOException {
    throw step.cause();
  }

  /** The start of an error's body. A server that drips it is not waited for: what it has said by then must do. */
  private byte[] peek(R response) {
    long since = exchange.now();
    return binding.peekBody(response, ErrorParser.MAX_BODY_BYTES, () -> exchange.mayReadOn(since));
  }

  @Override
  boolean isGivenUp() {
    return super.isGivenUp() || Thread.currentThread().isInterrupted();
  }
}
