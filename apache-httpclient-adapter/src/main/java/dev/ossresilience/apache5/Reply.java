package dev.ossresilience.apache5;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * A response as it arrives. What comes before anybody wants it is kept, but no more is asked for than is to be looked at; then the body
 * goes to its receiver, first what was kept. Thread-safe; the caller's code never runs under its lock, nor does the client's.
 */
final class Reply implements AsyncDataConsumer {
  private final HttpResponse head;
  private final @Nullable EntityDetails entity;
  private final @Nullable AsyncAttempt attempt;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
  private int wanted;
  private boolean ended;
  private @Nullable List<? extends Header> trailers;
  private boolean completed;
  private @Nullable Exception failure;
  private @Nullable CapacityChannel window;

  /** Whether the client asked for the capacity of a consumer that isn't in place yet. */
  private boolean windowIsNew;

  private boolean released;

  /** Whether a thread is just letting more come; another that finds it so leaves that to it. */
  private boolean granting;

  private boolean grantAgain;
  private @Nullable BooleanSupplier goOn;
  private @Nullable Consumer<byte[]> peeking;
  private @Nullable Reading reading;
  private @Nullable AsyncExecCallback receiver;

  /** Set once all that was kept is passed on: from then on only the client's thread calls it. */
  private @Nullable AsyncDataConsumer consumer;

  private boolean dropping;

  Reply(HttpResponse head, @Nullable EntityDetails entity, @Nullable AsyncAttempt attempt) {
    this.head = head;
    this.entity = entity;
    this.attempt = attempt;
    this.ended = entity == null;
  }

  /** One that holds no connection. */
  static Reply of(HttpResponse head, @Nullable EntityDetails entity, byte[] body) {
    Reply reply = new Reply(head, entity, null);
    reply.kept.write(body, 0, body.length);
    reply.ended = true;
    reply.completed = true;
    return reply;
  }

  HttpResponse head() {
    return head;
  }

  @Nullable EntityDetails entity() {
    return entity;
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** Gives the start of the body, see {@link dev.ossresilience.driver.AsyncClientBinding#peekBody}. */
  void peek(int limit, BooleanSupplier goOn, Consumer<byte[]> then) {
    synchronized (this) {
      wanted = limit;
      this.goOn = goOn;
      peeking = then;
    }
    grant();
    tellIfPeeked();
  }

  /** What has arrived must do. */
  void endPeek() {
    synchronized (this) {
      goOn = () -> false;
    }
    tellIfPeeked();
  }

  private void tellIfPeeked() {
    Consumer<byte[]> then;
    byte[] start;
    synchronized (this) {
      then = peeking;
      boolean enough = ended || failure != null || kept.size() >= wanted || (goOn != null && !goOn.getAsBoolean());
      if (then == null || !enough) {
        return;
      }
      peeking = null;
      byte[] all = kept.toByteArray();
      start = all.length <= wanted ? all : Arrays.copyOf(all, wanted);
    }
    then.accept(start);
  }

  /** Writes the body to a sink, see {@link dev.ossresilience.driver.AsyncClientBinding#readBody}. */
  void read(OutputStream sink, long limit, BooleanSupplier goOn, Consumer<@Nullable IOException> then) {
    synchronized (this) {
      reading = new Reading(sink, limit, goOn, then);
    }
    grant();
    tellIfRead(null);
  }

  private void tellIfRead(@Nullable IOException problem) {
    Reading done;
    IOException why = problem;
    synchronized (this) {
      done = reading;
      if (done == null || (why == null && !ended && failure == null && done.left >= 0)) {
        return;
      }
      reading = null;
      dropping = true;
      if (why == null && failure != null && !ended) {
        why = failure instanceof IOException e ? e : new IOException("a body broke off", failure);
      }
    }
    done.then.accept(why);
  }

  /** Gives it to the caller, on this thread as far as it is there. */
  void deliver(AsyncExecCallback to) {
    Exception trouble = null;
    try {
      AsyncDataConsumer into = to.handleResponse(head, entity);
      if (into == null) {
        drop();
      } else {
        feed(into);
      }
    } catch (HttpException | IOException | RuntimeException e) {
      trouble = e;
    } catch (Error e) { // the caller's consumer is at fault, but the call has to end all the same
      trouble = new ExecutionException(e);
    }
    boolean whole;
    synchronized (this) {
      trouble = trouble == null ? failure : trouble;
      receiver = trouble == null ? to : null; // only now: a consumer that cancels meanwhile is told here, once
      whole = completed;
    }
    if (trouble != null) {
      abandon();
      to.failed(trouble);
    } else if (whole) {
      to.completed();
    }
  }

  /** Passes on what was kept and what arrives meanwhile, then leaves the rest to the client's thread. */
  private void feed(AsyncDataConsumer into) throws HttpException, IOException {
    boolean whole = false;
    boolean late;
    while (true) {
      byte[] bytes;
      CapacityChannel asking;
      synchronized (this) {
        wanted = 0; // what comes now is for the consumer to ask for
        bytes = kept.toByteArray();
        kept.reset();
        asking = windowIsNew && !ended ? window : null;
        windowIsNew = false;
        if (bytes.length == 0 && asking == null && whole == ended) {
          consumer = into;
          late = released;
          break;
        }
        whole = ended;
      }
      if (bytes.length > 0) {
        into.consume(ByteBuffer.wrap(bytes));
      }
      if (asking != null) {
        updateCapacity(into, asking);
      }
      if (whole) {
        into.streamEnd(trailers);
      }
    }
    if (late) {
      into.releaseResources();
    }
  }

  private static void updateCapacity(AsyncDataConsumer consumer, CapacityChannel channel) {
    try {
      consumer.updateCapacity(increment -> update(channel, increment));
    } catch (IOException e) {
      // The connection is gone, which its end tells.
    }
  }

  /** HTTP/2's window of the connection is every stream's: where two threads widen it at once the client finds the sum too large for one. */
  private static void update(CapacityChannel channel, int increment) throws IOException {
    for (int attemptsLeft = 8; ; attemptsLeft--) {
      try {
        channel.update(increment);
        return;
      } catch (ArithmeticException e) {
        if (attemptsLeft == 0) {
          throw new IOException("the client lets no more of the response come", e);
        }
      }
    }
  }

  /** Nobody wants it any more. */
  void abandon() {
    try {
      drop();
    } finally {
      if (attempt != null) {
        attempt.letGo();
      }
    }
  }

  private void drop() {
    synchronized (this) {
      dropping = true;
      consumer = null;
      kept.reset();
    }
    grant(); // what is held back would hold the connection
  }

  /** The exchange of messages came to its end. */
  void completed() {
    AsyncExecCallback to;
    synchronized (this) {
      completed = true;
      ended = true;
      to = receiver;
    }
    tellIfPeeked();
    tellIfRead(null);
    if (to != null) {
      to.completed();
    }
  }

  /** It broke off. */
  void broke(Exception cause) {
    AsyncExecCallback to;
    synchronized (this) {
      failure = cause;
      to = receiver;
    }
    tellIfPeeked();
    tellIfRead(null);
    if (to != null) {
      to.failed(cause);
    }
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    AsyncDataConsumer to;
    synchronized (this) {
      window = channel;
      to = consumer;
      windowIsNew = to == null;
    }
    if (to != null) {
      to.updateCapacity(channel);
    } else {
      grant();
    }
  }

  /** Lets come what is wanted here, one thread at a time. */
  private void grant() {
    while (true) {
      CapacityChannel channel;
      int more;
      synchronized (this) {
        channel = window;
        more = ended || consumer != null ? 0 : dropping || reading != null ? Integer.MAX_VALUE : wanted - kept.size();
        grantAgain = granting;
        if (channel == null || more <= 0 || granting) {
          return;
        }
        granting = true;
      }
      try {
        update(channel, more);
      } catch (IOException e) {
        // The connection is gone, which its end tells.
      } finally {
        synchronized (this) {
          granting = false;
          more = grantAgain ? more : 0;
        }
      }
      if (more == 0) {
        return;
      }
    }
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    IOException problem = null;
    AsyncDataConsumer to;
    synchronized (this) {
      to = consumer;
      if (to == null) {
        problem = keep(source);
      }
    }
    if (to != null) {
      to.consume(source);
    } else {
      tellIfPeeked();
      tellIfRead(problem);
    }
  }

  /** Returns why a sink wants no more of it. */
  private @Nullable IOException keep(ByteBuffer source) throws IOException {
    if (dropping && attempt != null && attempt.isDiscarded()) {
      throw new IOException("nobody wants the rest of the response"); // closes a connection that is not ours to close
    }
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    if (reading != null) {
      return reading.take(bytes);
    }
    if (!dropping) {
      kept.write(bytes, 0, bytes.length);
    }
    return null;
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> last) throws HttpException, IOException {
    AsyncDataConsumer to;
    synchronized (this) {
      ended = true;
      trailers = last;
      to = consumer;
    }
    if (to != null) {
      to.streamEnd(last);
    }
    tellIfPeeked();
    tellIfRead(null);
  }

  @Override
  public void releaseResources() {
    AsyncDataConsumer to;
    synchronized (this) {
      to = consumer;
      released = true;
    }
    if (to != null) {
      to.releaseResources();
    }
  }

  /** A body on its way into a sink; one byte more than wanted is waited for, since only the end sets the connection free. */
  private static final class Reading {
    private final OutputStream sink;
    private final BooleanSupplier goOn;
    private final Consumer<@Nullable IOException> then;
    private long left;

    Reading(OutputStream sink, long limit, BooleanSupplier goOn, Consumer<@Nullable IOException> then) {
      this.sink = sink;
      this.left = limit;
      this.goOn = goOn;
      this.then = then;
    }

    @Nullable IOException take(byte[] bytes) {
      if (!goOn.getAsBoolean()) {
        return new InterruptedIOException("the deadline passed while a body was read");
      }
      try {
        sink.write(bytes, 0, (int) Math.min(bytes.length, Math.max(0, left)));
      } catch (IOException e) {
        return e;
      }
      left -= bytes.length;
      return null;
    }
  }
}
