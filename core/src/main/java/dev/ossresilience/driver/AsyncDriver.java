package dev.ossresilience.driver;

import dev.ossresilience.error.ErrorParser;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.ProbeRequest;
import dev.ossresilience.exchange.Step;
import dev.ossresilience.http.ResponseHead;
import dev.ossresilience.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an exchange without holding a thread while it waits for the server or for time to pass. What may block for a moment, as
 * signing may or reading a body again, runs on the {@link Scheduler}'s working thread, never on the client's. A success is passed on as it
 * comes, on the client's thread. One step follows the other; only {@link #cancel} comes from anywhere.
 */
public final class AsyncDriver<Q, R> extends Attempting<Q, R> {
  /** How an exchange ends, once. */
  public interface Completion<R> {
    /** With a response: a success, a recovered success, or the last error response. It is the receiver's to close. */
    void delivered(R response);

    /** Without one: the last attempt had none, the outcome is ambiguous, or the call was cancelled. */
    void failed(IOException failure);
  }

  /** The next step, or the exception that ends the exchange. */
  @FunctionalInterface
  private interface Move {
    @Nullable Step next() throws IOException;
  }

  private final AsyncClientBinding<Q, R> binding;
  private final Scheduler scheduler;
  private final Completion<R> completion;
  private volatile @Nullable Wait waiting;
  private volatile boolean ended;

  private AsyncDriver(Exchange exchange, AsyncClientBinding<Q, R> binding, Scheduler scheduler, Completion<R> completion) {
    super(exchange, binding);
    this.binding = binding;
    this.scheduler = scheduler;
    this.completion = completion;
  }

  /** One that has not begun, so that it can be cancelled from the first moment on. */
  public static <Q, R> AsyncDriver<Q, R> of(
      Exchange exchange, AsyncClientBinding<Q, R> binding, Scheduler scheduler, Completion<R> completion) {
    return new AsyncDriver<>(exchange, binding, scheduler, completion);
  }

  /** Begins the exchange on the calling thread, which may block if credentials must be fetched to sign the first attempt. */
  public void begin() {
    advance(
        () -> {
          if (!exchange.buffersBody() || binding.isCancelled()) {
            return first(null);
          }
          binding.bufferBody(failure -> advance(() -> first(failure)));
          return null;
        });
  }

  private @Nullable Step first(@Nullable IOException unreadable) throws IOException {
    if (binding.isCancelled()) {
      return cancelled();
    }
    if (unreadable != null) {
      throw unreadable;
    }
    return exchange.begin();
  }

  /**
   * Ends a wait at once; to be called after the binding was cancelled, which is what ends an attempt under way. The completion is told on
   * another thread than this.
   */
  public void cancel() {
    Wait wait = waiting;
    if (wait != null && wait.giveUp()) {
      Runnable end = () -> advance(this::cancelled);
      try {
        Future<?> ending = scheduler.schedule(end, Duration.ZERO); // the working thread may be busy with somebody else's body
        if (ending.isCancelled()) {
          end.run();
        }
      } catch (RejectedExecutionException e) {
        end.run();
      }
    }
  }

  private @Nullable Step cancelled() throws IOException {
    throw exchange.cancelled(binding.cancelledException());
  }

  private void work(Move move) {
    try {
      scheduler.execute(() -> advance(move));
    } catch (RejectedExecutionException e) {
      end(shutDown(e));
    }
  }

  private IOException shutDown(RejectedExecutionException e) {
    return exchange.cancelled(new IOException("the scheduler was shut down before the call to OSS had ended", e));
  }

  private void advance(Move move) {
    try {
      for (Step step = move.next(); step != null; ) {
        step = step.perform(this);
      }
    } catch (IOException e) {
      end(e);
    } catch (RejectedExecutionException e) {
      end(shutDown(e));
    } catch (RuntimeException | Error e) {
      boolean byReceiver = ended;
      end(exchange.broken(new IOException("a call to OSS ended with " + e.getClass().getName(), e), binding.isBodyStarted()));
      if (byReceiver || e instanceof Error) {
        throw e;
      }
    }
  }

  private void end(IOException failure) {
    if (!ended) {
      ended = true;
      release();
      exchange.abandoned();
      completion.failed(failure);
    }
  }

  @Override
  public @Nullable Step attempt(Step.Attempt step) {
    binding.send(
        next(step),
        new AsyncClientBinding.Reception<R>() {
          @Override
          public void answered(R response) {
            advance(() -> look(response));
          }

          @Override
          public void failed(IOException failure) {
            work(() -> lost(failure));
          }
        });
    return null;
  }

  private @Nullable Step look(R response) {
    received(response);
    ResponseHead head = binding.head(response);
    if (exchange.isPlainSuccess(head)) {
      return judge(head, NOTHING);
    }
    if (exchange.wantsBody(head)) {
      peek(response, body -> judge(head, body));
    } else {
      work(() -> judge(head, NOTHING)); // another request may have to be signed, or the body read again
    }
    return null;
  }

  @Override
  public @Nullable Step probe(Step.Probe step) {
    detach();
    binding.send(
        binding.probe(step.request()),
        new AsyncClientBinding.Reception<R>() {
          @Override
          public void answered(R response) {
            advance(() -> lookAtAnswer(response, step.request()));
          }

          @Override
          public void failed(IOException failure) {
            work(() -> probeLost(failure));
          }
        });
    return null;
  }

  private @Nullable Step lookAtAnswer(R response, ProbeRequest asked) {
    exchange.repeatedBelow(binding.repeatsBelow());
    ResponseHead head = binding.head(response);
    if (head.status() == 206) {
      digest(response, head, asked.maxBytes());
    } else if (head.isSuccessful() && !asked.wantsBody()) {
      binding.close(response);
      work(() -> exchange.probed(head, NOTHING, 0, 0));
    } else {
      peek(response, body -> {
        binding.close(response);
        return exchange.probed(head, body, 0, 0);
      });
    }
    return null;
  }

  private void digest(R response, ResponseHead head, long limit) {
    DigestSink digest = new DigestSink(0);
    binding.readBody(
        response,
        digest,
        limit,
        () -> exchange.mayReadOn(exchange.now()),
        failure -> {
          binding.close(response);
          work(() -> failure == null ? exchange.probed(head, NOTHING, digest.length(), digest.crc()) : probeLost(failure));
        });
  }

  /**
   * Continues with the start of an error's body. A server that drips it, or sends nothing of it, is not waited for: what it has said by
   * then must do.
   */
  private void peek(R response, Judge judge) {
    long since = exchange.now();
    Wait limit = new Wait(); // which the end of the body takes, and with it the timer
    binding.peekBody(response, ErrorParser.MAX_BODY_BYTES, () -> exchange.mayReadOn(since), body -> {
      limit.take();
      work(() -> judge.of(body));
    });
    if (!limit.isOver()) {
      limit.endsBy(scheduler.limit(() -> binding.endPeek(response), exchange.readingTime()));
    }
  }

  @FunctionalInterface
  private interface Judge {
    Step of(byte[] body);
  }

  @Override
  public @Nullable Step pause(Step.Pause step) {
    if (exchange.isLastAnswerNeeded()) {
      detach();
    } else {
      forget(); // many may wait, and for long
      binding.idle();
    }
    Wait wait = begin(new Wait());
    wait.endsBy(scheduler.schedule(() -> resume(wait, () -> binding.isCancelled() ? cancelled() : exchange.resumed()), step.delay()));
    cancelIfAsked();
    return null;
  }

  @Override
  public @Nullable Step refresh(Step.Refresh step) {
    detach();
    if (!exchange.mayWait()) {
      return exchange.refreshed(false); // fetched now, they would be for nobody
    }
    Wait wait = begin(new Wait());
    wait.endsBy(scheduler.schedule(() -> {
      if (wait.giveUp()) {
        advance(() -> exchange.refreshed(false)); // here, for a provider that hangs may have the working thread too
      }
    }, exchange.timeLeft()));
    FutureTask<@Nullable Void> fetch = new FutureTask<>(() -> {
      boolean changed = false;
      try {
        changed = exchange.fetchCredentials();
      } finally { // whatever a provider throws
        boolean others = changed;
        resume(wait, () -> exchange.refreshed(others));
      }
    }, null);
    wait.endsByFetch(fetch);
    try {
      scheduler.fetch(fetch);
    } catch (RejectedExecutionException e) {
      wait.take();
      throw e;
    }
    cancelIfAsked();
    return null;
  }

  private Wait begin(Wait wait) {
    waiting = wait;
    return wait;
  }

  /** Whoever cancelled the call until now may not have seen the wait. */
  private void cancelIfAsked() {
    if (binding.isCancelled()) {
      cancel();
    }
  }

  private void resume(Wait wait, Move move) {
    if (wait.take()) {
      work(move);
    }
  }

  @Override
  public @Nullable Step deliver(Step.Deliver step) {
    R result = result();
    ended = true;
    completion.delivered(result);
    return null;
  }

  @Override
  public @Nullable Step recovered(Step.Recovered step) {
    R result = recover(step);
    ended = true;
    completion.delivered(result);
    return null;
  }

  @Override
  public @Nullable Step fail(Step.Fail step) throws IOException {
    throw step.cause();
  }
}
