package dev.ossresilience.apache5;

import dev.ossresilience.driver.AsyncClientBinding.Reception;
import dev.ossresilience.report.AttachedReport;
import dev.ossresilience.report.ExchangeReport;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.jspecify.annotations.Nullable;

/** One request of a call, from its sending to the end of its exchange of messages. Thread-safe; nothing else is asked under its lock. */
final class AsyncAttempt implements AsyncExecCallback {
  private final HttpRequest request;
  private final @Nullable AttemptProducer body;
  private final @Nullable AsyncExecCallback informed;
  private volatile @Nullable Reception<Reply> reception;
  private Transport.@Nullable Sending sending;
  private volatile @Nullable Reply reply;
  private boolean over;
  private volatile boolean discarded;

  /** Whether the client has told its end; what was given up is over before. */
  private boolean ended;

  /** {@code informed} hears of informational responses, null for a probe. */
  AsyncAttempt(HttpRequest request, @Nullable AttemptProducer body, @Nullable AsyncExecCallback informed) {
    this.request = request;
    this.body = body;
    this.informed = informed;
  }

  boolean isProbe() {
    return informed == null;
  }

  @Nullable AttemptProducer body() {
    return body;
  }

  boolean isDiscarded() {
    return discarded;
  }

  /** What it was answered with, null if it wasn't yet. */
  @Nullable Reply reply() {
    return reply;
  }

  void begin(Transport transport, Reception<Reply> then) {
    reception = then;
    Transport.Sending begun = transport.begin(request, body, isProbe(), this);
    boolean early;
    synchronized (this) {
      sending = begun;
      early = discarded || over;
    }
    if (early) {
      settle();
    }
  }

  /** Whether nothing more is to come but the word that it is over: then its connection need not be dropped. */
  private boolean isAsGoodAsOver(Reply answer) {
    return answer.isEnded() && (body == null || body.isEnded() || answer.head().getCode() >= 400);
  }

  /** Lets go of the connection. */
  void letGo() {
    if (body != null) {
      body.retire();
    }
    Reply answer = reply;
    boolean ending = answer != null && isAsGoodAsOver(answer);
    synchronized (this) {
      if (!over && ending) {
        return; // completed() does it
      }
      discarded |= !over;
    }
    settle();
  }

  private void settle() {
    Transport.Sending mine;
    boolean drop;
    boolean cancel;
    synchronized (this) {
      mine = sending;
      drop = discarded;
      cancel = drop && !ended; // what has ended has done so for whoever measures it: a second end would be counted
    }
    if (mine == null) {
      return;
    }
    if (cancel) {
      mine.cancel();
    }
    if (drop) {
      mine.discard();
    } else {
      mine.release();
    }
  }

  @Override
  public @Nullable AsyncDataConsumer handleResponse(HttpResponse response, @Nullable EntityDetails entity) {
    Reply answer = new Reply(response, entity, this);
    Reception<Reply> then;
    synchronized (this) {
      then = over || discarded || reply != null ? null : reception;
      if (then != null) {
        reply = answer;
      }
    }
    if (then == null) {
      answer.abandon();
    } else {
      then.answered(answer);
    }
    return entity == null ? null : answer;
  }

  @Override
  public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
    if (informed != null) {
      informed.handleInformationResponse(response);
    }
  }

  @Override
  public void completed() {
    Reply answer = reply;
    if (answer == null) {
      // The client asked for credentials does so where it can't repeat a body: the answer is lost.
      failed(new ClientProtocolException("the client ended an exchange of messages without giving a response"));
      return;
    }
    if (!answer.isEnded()) {
      return; // of an error the client says so when the request's body is through, and again when the answer's is
    }
    boolean late;
    synchronized (this) {
      late = over;
      over = true;
      ended = true;
    }
    try {
      settle(); // late too: given up while it was only about to get its connection, it got it all the same
    } finally {
      if (!late) {
        answer.completed();
      }
    }
  }

  @Override
  public void failed(Exception cause) {
    synchronized (this) {
      ended = true;
    }
    giveUp(cause);
  }

  /** Ends it, and unless the client has done so that too: what waits for a connection must not be sent when it gets one. */
  void giveUp(Exception cause) {
    boolean late;
    synchronized (this) {
      late = over;
      over = true;
      discarded |= !late;
    }
    try {
      settle();
    } finally {
      if (!late) {
        tell(cause);
      }
    }
  }

  private void tell(Exception cause) {
    Reply answer = reply;
    Reception<Reply> then = reception;
    if (answer != null) {
      answer.broke(cause);
    } else if (then != null) {
      then.failed(asIoException(cause));
    }
  }

  private static IOException asIoException(Exception cause) {
    if (cause instanceof IOException e) {
      return e;
    }
    if (cause instanceof TimeoutException) {
      ConnectionRequestTimeoutException timeout = new ConnectionRequestTimeoutException(cause.getMessage());
      timeout.initCause(cause);
      return timeout;
    }
    // What the client throws when it is closed or can't send such a request: nothing that another attempt would change.
    return new Refused(cause);
  }

  /** What the client itself threw, where nothing but the call's report was added to it. */
  static Exception unwrapped(IOException failure) {
    boolean bare = failure instanceof Refused && Arrays.stream(failure.getSuppressed()).allMatch(AttachedReport.class::isInstance);
    if (!bare || !(failure.getCause() instanceof Exception cause)) {
      return failure;
    }
    ExchangeReport report = ExchangeReport.of(failure);
    return report == null ? cause : report.attachTo(cause);
  }

  private static final class Refused extends ClientProtocolException {
    private static final long serialVersionUID = 1;

    Refused(Exception cause) {
      super(cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage(), cause);
    }
  }
}
