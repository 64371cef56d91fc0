package dev.ossresilience.report;

import dev.ossresilience.operation.Operation;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens in a call, told while it happens: see {@link OssListener}. Immutable. Names no secret and nothing that the server
 * wrote but codes and request ids; keys are the caller's.
 */
public sealed interface OssEvent {
  /** Where it happens; the same object for all events of one call. */
  Call call();

  /**
   * What a call is about.
   *
   * @param name what the caller calls the operation, else its name in OSS's documentation
   * @param bucket null for an operation of the service
   * @param key null for an operation of the bucket or the service
   */
  record Call(String name, Operation operation, @Nullable String bucket, @Nullable String key) {
    /** For messages: {@code PutObject of logs/app.log}. Always one line. */
    public String subject() {
      String object = bucket == null ? "" : " of " + bucket + (key == null ? "" : "/" + key);
      return (name + object).replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", "?");
    }

    @Override
    public String toString() {
      return subject();
    }
  }

  /** A call is made, on the thread that makes it: always the first event. Its first attempt may have to wait for a slot of the client's. */
  record CallStarted(Call call) implements OssEvent {}

  /**
   * A request goes out.
   *
   * @param kind the caller's ({@link Event.Kind#ATTEMPT}) or one of ours that asks what has happened ({@link Event.Kind#PROBE})
   * @param number the how manieth of its kind in its call, from 1
   * @param reason why, null for the first attempt
   */
  record AttemptStarted(Call call, Event.Kind kind, int number, @Nullable Reason reason) implements OssEvent {}

  /**
   * It was answered, with whatever status.
   *
   * @param code OSS's error code, null if there is none
   * @param requestId OSS's id of the request, null if it wasn't OSS that answered
   */
  record AttemptAnswered(
      Call call, Event.Kind kind, int number, Duration took, int status, @Nullable String code, @Nullable String requestId)
      implements OssEvent {
    /** Whether the status is that of a success: what it is taken for is told by what follows. */
    public boolean isSuccessful() {
      return status >= 200 && status < 300 && code == null;
    }
  }

  /**
   * It ended without an answer.
   *
   * @param exception the simple name of its class
   */
  record AttemptFailed(Call call, Event.Kind kind, int number, Duration took, String exception) implements OssEvent {}

  /** The HTTP client repeated by itself what was sent last, as far as it shows. */
  record RepeatedByClient(Call call, int times) implements OssEvent {}

  /** OSS answered late on purpose, with a success: a limit is near. */
  record HeldBack(Call call, Duration delay) implements OssEvent {}

  /** Nothing is sent for that long. */
  record Waiting(Call call, Duration delay, Reason reason) implements OssEvent {}

  /** No further attempt is made, although there might be one: {@link Reason#BUDGET_EXHAUSTED} or {@link Reason#CIRCUIT_OPEN}. */
  record Stopped(Call call, Reason reason) implements OssEvent {}

  /** The server's clock is that far ahead of this machine's, other than was known; negative if it is behind. */
  record ClockCorrected(Call call, Duration before, Duration offset) implements OssEvent {}

  /**
   * OSS refused the credentials.
   *
   * @param changed whether there were others
   */
  record CredentialsRefreshed(Call call, boolean changed) implements OssEvent {}

  /** Other bytes were there: the append is sent to another position. */
  record AppendMoved(Call call, long from, long to) implements OssEvent {}

  /** The server has proven to have done what was asked: {@link Reason#APPEND_IN_DOUBT} or {@link Reason#WRITE_IN_DOUBT}. */
  record Verified(Call call, Reason reason) implements OssEvent {}

  /** It can't be known whether the write took effect. */
  record Ambiguous(Call call, Reason reason) implements OssEvent {}

  /** The endpoint's circuit breaker, which all calls share, has changed; told by the call that first notices. */
  record BreakerChanged(Call call, CircuitBreaker.State from, CircuitBreaker.State to) implements OssEvent {}

  /** It is over: always the last event. A success's body may still be under way to the caller. */
  record CallEnded(Call call, ExchangeReport report) implements OssEvent {}
}
