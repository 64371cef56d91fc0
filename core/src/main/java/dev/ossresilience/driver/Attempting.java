package dev.ossresilience.driver;

import dev.ossresilience.exchange.BodyProgress;
import dev.ossresilience.exchange.Exchange;
import dev.ossresilience.exchange.Step;
import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What both drivers do alike: they keep the last response, tell the exchange what is known of an attempt, and read a body again. */
abstract class Attempting<Q, R> implements Step.Performer {
  static final byte[] NOTHING = new byte[0];

  final Exchange exchange;
  private final CallBinding<Q, R> binding;
  private @Nullable R last;
  private byte[] lastBody = NOTHING;
  private boolean lastIsOpen;

  Attempting(Exchange exchange, CallBinding<Q, R> binding) {
    this.exchange = exchange;
    this.binding = binding;
  }

  /** The caller's request as it goes out next; what came of the one before is let go of. */
  final Q next(Step.Attempt step) {
    forget();
    return binding.edit(step.edit());
  }

  /** Lets go of what the last attempt was answered with: nobody will be told. */
  final void forget() {
    release();
    last = null;
    lastBody = NOTHING;
  }

  /** An attempt was answered. */
  final void received(R response) {
    tellWhatWentOut();
    exchange.bodyWent(binding.isBodyReplaced() ? BodyProgress.WHOLE : binding.bodyProgress());
    last = response;
    lastIsOpen = true;
    lastBody = NOTHING;
  }

  /** Goes on with an answer of which the start was read if it was wanted. */
  final Step judge(ResponseHead head, byte[] body) {
    lastBody = body;
    return exchange.responded(head, body);
  }

  /**
   * An attempt ended without an answer.
   *
   * @throws IOException if that is because the caller gave up: its own exception says so best
   */
  final Step lost(IOException e) throws IOException {
    tellWhatWentOut();
    throwIfGivenUp(e, binding.isBodyStarted());
    return exchange.failed(e, binding.diagnose(e), binding.isBodyStarted());
  }

  /** The same of a probe. */
  final Step probeLost(IOException e) throws IOException {
    throwIfGivenUp(e, false);
    return exchange.probeFailed(e);
  }

  private void throwIfGivenUp(IOException e, boolean bodyStarted) throws IOException {
    if (isGivenUp()) {
      throw exchange.cancelledInFlight(e, bodyStarted);
    }
  }

  /** Whether nobody wants the call to end well any more. */
  boolean isGivenUp() {
    return binding.isCancelled();
  }

  private void tellWhatWentOut() {
    exchange.repeatedBelow(binding.repeatsBelow());
    boolean replaced = binding.isBodyReplaced();
    if (replaced) {
      exchange.bodyReplaced();
    }
    exchange.bodySent(exchange.checksBody() && !replaced ? binding.bodySent() : null);
  }

  @Override
  public final @Nullable Step digest(Step.Digest step) {
    detach();
    DigestSink digest = new DigestSink(step.keep());
    try {
      binding.writeRequestBody(digest);
    } catch (IOException e) {
      return exchange.digestFailed(e);
    }
    return exchange.digested(digest.length(), digest.crc(), digest.start());
  }

  /** What the caller gets; a recovered success takes the place of whatever came last. */
  final R recover(Step.Recovered step) {
    release();
    R recovered = binding.recovered(step.status(), step.headers(), step.body().getBytes(StandardCharsets.UTF_8));
    last = recovered;
    return recovered;
  }

  final R result() {
    if (last == null) {
      throw new IllegalStateException("an exchange delivered a response that never came");
    }
    return last;
  }

  /** Frees the connection of the last response, but keeps what the caller may still want to see of it. */
  final void detach() {
    if (last != null && lastIsOpen) {
      last = binding.detach(last, lastBody);
      lastIsOpen = false;
    }
  }

  final void release() {
    if (last != null && lastIsOpen) {
      binding.close(last);
      lastIsOpen = false;
    }
  }
}
