package dev.ossresilience.driver;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.Step;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.time.Waiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an exchange on the calling thread. Closes each failed response before it waits, notices cancellation and interruption
 * in a wait at once, and keeps the interrupt flag.
 */
public final class BlockingDriver<Q, R> implements Step.Performer {
  /** How soon a cancellation is noticed, as {@link Waiter} promises it too. */
  private static final long LOOK_AGAIN_MILLIS = 10;

  private static final byte[] NOTHING = new byte[0];

  private final Exchange exchange;
  private final ClientBinding<Q, R> binding;
  private final Waiter waiter;
  private @Nullable R last;
  private byte[] lastBody = NOTHING;
  private boolean lastIsOpen;

  private BlockingDriver(Exchange exchange, ClientBinding<Q, R> binding, Waiter waiter) {
    this.exchange = exchange;
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
      for (Step step = exchange.begin(); step != null; ) {
        step = step.perform(driver);
      }
      delivered = true;
      return driver.result();
    } finally {
      if (!delivered) {
        driver.release();
        exchange.abandoned();
      }
    }
  }

  @Override
  public @Nullable Step attempt(Step.Attempt step) throws IOException {
    release();
    last = null;
    R response;
    try {
      response = binding.send(binding.edit(step.edit()));
    } catch (IOException e) {
      tellWhatWentOut();
      throwIfGivenUp(e, binding.isBodyStarted());
      return exchange.failed(e, binding.diagnose(e), binding.isBodyStarted());
    }
    tellWhatWentOut();
    last = response;
    lastIsOpen = true;
    ResponseHead head = binding.head(response);
    lastBody = exchange.wantsBody(head) ? peek(response) : NOTHING;
    return exchange.responded(head, lastBody);
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
      throwIfGivenUp(e, false);
      return exchange.probeFailed(e);
    } finally {
      if (response != null) {
        binding.close(response);
      }
    }
  }

  @Override
  public @Nullable Step digest(Step.Digest step) {
    detach();
    DigestSink digest = new DigestSink(step.keep());
    try {
      binding.writeRequestBody(digest);
    } catch (IOException e) {
      return exchange.digestFailed(e);
    }
    return exchange.digested(digest.length(), digest.crc(), digest.start());
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
    release();
    last = binding.recovered(step.status(), step.headers(), step.body().getBytes(StandardCharsets.UTF_8));
    return null;
  }

  @Override
  public @Nullable Step fail(Step.Fail step) throws IOException {
    throw step.cause();
  }

  private void tellWhatWentOut() {
    exchange.repeatedBelow(binding.repeatsBelow());
    boolean replaced = binding.isBodyReplaced();
    if (replaced) {
      exchange.bodyReplaced();
    }
    exchange.bodySent(exchange.checksBody() && !replaced ? binding.bodySent() : null);
  }

  /** The start of an error's body. A server that drips it is not waited for: what it has said by then must do. */
  private byte[] peek(R response) {
    long since = exchange.now();
    return binding.peekBody(response, ErrorParser.MAX_BODY_BYTES, () -> exchange.mayReadOn(since));
  }

  private R result() {
    if (last == null) {
      throw new IllegalStateException("an exchange delivered a response that never came");
    }
    return last;
  }

  /** The caller gave up, by cancelling or interrupting: its own exception says so best. */
  private void throwIfGivenUp(IOException e, boolean bodyStarted) throws IOException {
    if (binding.isCancelled() || Thread.currentThread().isInterrupted()) {
      throw exchange.cancelledInFlight(e, bodyStarted);
    }
  }

  /** Frees the connection of the last response, but keeps what the caller may still want to see of it. */
  private void detach() {
    if (last != null && lastIsOpen) {
      last = binding.detach(last, lastBody);
      lastIsOpen = false;
    }
  }

  private void release() {
    if (last != null && lastIsOpen) {
      binding.close(last);
      lastIsOpen = false;
    }
  }

  private static final class DigestSink extends OutputStream {
    private final Crc64 crc = new Crc64();
    private final int keep;
    private final ByteArrayOutputStream start = new ByteArrayOutputStream(0);
    private long length;

    DigestSink(int keep) {
      this.keep = keep;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      crc.update(bytes, offset, count);
      start.write(bytes, offset, Math.min(count, keep - start.size()));
      length += count;
    }

    byte[] start() {
      return start.toByteArray();
    }

    long length() {
      return length;
    }

    long crc() {
      return crc.getValue();
    }
  }
}
