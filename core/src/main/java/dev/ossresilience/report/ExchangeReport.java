package dev.ossresilience.report;

import dev.ossresilience.operation.Operation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one logical call, in order. Immutable.
 *
 * @param name what the caller calls the operation, else its name in OSS's documentation
 * @param bucket null for an operation of the service
 * @param key null for an operation of the bucket or the service
 * @param clockSkew how far the server's clock was ahead of this machine's, as measured when an error was answered; negative if it was
 *     behind, null if it wasn't measured
 * @param recovered whether the call succeeded only because of what was done after a failure
 */
public record ExchangeReport(
    String name,
    Operation operation,
    @Nullable String bucket,
    @Nullable String key,
    Outcome outcome,
    boolean recovered,
    List<Event> events,
    @Nullable Duration clockSkew) {
  /** How the call ended for its caller. */
  public enum Outcome {
    /** A successful response. */
    SUCCESS,
    /** The object is stored, but its callback failed; the response (203) is delivered as it came. */
    CALLBACK_FAILED,
    /** An error response, delivered as it came. */
    ERROR_RESPONSE,
    /** An exception. */
    EXCEPTION,
    /** It can't be known whether the write took effect: an exception says so, unless the last answer was an error, delivered as it came. */
    AMBIGUOUS,
    /** The caller cancelled or interrupted it. */
    CANCELLED
  }

  public ExchangeReport {
    events = List.copyOf(events);
  }

  /** What happened in the call that {@code thrown} ended, also where another exception has it as its cause; null if no call of ours did. */
  public static @Nullable ExchangeReport of(Throwable thrown) {
    return AttachedReport.in(thrown);
  }

  /** For who ends a call: lets {@link #of} find this, and stack traces show it. */
  public <E extends Throwable> E attachTo(E thrown) {
    AttachedReport.attach(thrown, this);
    return thrown;
  }

  /** The operation and what it was about, for messages: {@code PutObject of logs/app.log}. Always one line. */
  public String subject() {
    return new OssEvent.Call(name, operation, bucket, key).subject();
  }

  /** From the beginning to the end of the last event. */
  public Duration duration() {
    return events.stream().map(event -> event.start().plus(event.duration())).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** How often the caller's request was sent. */
  public int attempts() {
    return (int) events.stream().filter(event -> event.kind() == Event.Kind.ATTEMPT).count();
  }
}
