package dev.ossresilience.testkit.fleet;

import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.Step;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call that the real core decides about: what its drivers do with threads happens here in virtual time. */
final class CoreCall extends Call implements Step.Performer {
  private static final byte[] NOTHING = new byte[0];

  private final Exchange exchange;
  private @Nullable Answer last;
  private boolean asking;

  /** What this call appends, at the server. */
  private boolean stored;

  CoreCall(int client, Traffic traffic, Network network, Exchange exchange) {
    super(client, traffic, network);
    this.exchange = exchange;
  }

  /** Without the stack, which costs more than all else in a call and would say nothing. */
  private static final class NoAnswer extends SocketTimeoutException {
    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  @Override
  void start() {
    perform(exchange.begin());
  }

  @Override
  Answer done(Traffic request) {
    long length = traffic().upload();
    if (!traffic().isAppend()) {
      return super.done(request);
    }
    if (!request.equals(traffic())) {
      return stored ? Answer.appended(length) : Answer.NO_SUCH_KEY;
    }
    boolean conflict = stored;
    stored = true;
    return conflict ? Answer.conflict(length) : Answer.appended(length);
  }

  @Override
  void answered(Answer answer) {
    if (asking) {
      perform(exchange.probed(answer, answer.isSuccessful() ? NOTHING : answer.body(), 0, 0));
      return;
    }
    last = answer;
    tellWhatWentOut();
    perform(exchange.responded(answer, exchange.wantsBody(answer) ? answer.body() : NOTHING));
  }

  @Override
  void timedOut() {
    if (asking) {
      perform(exchange.probeFailed(new NoAnswer()));
      return;
    }
    last = null;
    tellWhatWentOut();
    perform(exchange.failed(new NoAnswer(), null, true));
  }

  /** Nothing is computed of bodies that don't exist. */
  private void tellWhatWentOut() {
    exchange.bodySent(null);
  }

  private void perform(Step step) {
    try {
      step.perform(this);
    } catch (IOException e) {
      throw new IllegalStateException("nothing here throws it", e);
    }
  }

  @Override
  public @Nullable Step attempt(Step.Attempt step) {
    asking = false;
    send();
    return null;
  }

  @Override
  public @Nullable Step pause(Step.Pause step) {
    after(step.delay().toNanos(), () -> perform(exchange.resumed()));
    return null;
  }

  @Override
  public @Nullable Step deliver(Step.Deliver step) {
    end(Objects.requireNonNull(last).isSuccessful());
    return null;
  }

  @Override
  public @Nullable Step recovered(Step.Recovered step) {
    end(true);
    return null;
  }

  @Override
  public @Nullable Step fail(Step.Fail step) {
    end(false);
    return null;
  }

  @Override
  public @Nullable Step probe(Step.Probe step) {
    if (!step.request().method().equals("HEAD")) {
      throw unasked(step);
    }
    asking = true;
    send(traffic().question());
    return null;
  }

  @Override
  public Step digest(Step.Digest step) {
    return exchange.digested(traffic().upload(), Answer.CRC, NOTHING);
  }

  @Override
  public @Nullable Step refresh(Step.Refresh step) {
    throw unasked(step);
  }

  private static IllegalStateException unasked(Step step) {
    return new IllegalStateException("a fleet's calls are safe to repeat or appends at the start of an object, and nothing is signed; the core asked for " + step);
  }
}
