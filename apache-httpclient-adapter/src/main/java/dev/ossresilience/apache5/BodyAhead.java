package dev.ossresilience.apache5;

import dev.ossresilience.driver.BodyBuffer;
import dev.ossresilience.time.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** Takes what a producer gives into memory, on the working thread but without waiting there for a producer that waits itself. */
final class BodyAhead implements DataStreamChannel {
  /** What a reading ends with. */
  interface Reader {
    void read(AsyncEntityProducer buffered);

    void failed(IOException cause);

    /** Whether nobody wants it any more. */
    boolean isCancelled();
  }

  /** A producer that has nothing to give now is asked again after this. */
  private static final Duration AGAIN = Duration.ofMillis(5);

  private final AsyncEntityProducer body;
  private final Scheduler scheduler;
  private final Reader reader;
  private final BodyBuffer buffer;
  private @Nullable List<? extends Header> trailers;
  private volatile boolean moved;

  /** Written last, also by a producer with a thread of its own: who reads it sees all that was given. */
  private volatile boolean ended;

  BodyAhead(AsyncEntityProducer body, Scheduler scheduler, Reader reader) {
    this.body = body;
    this.scheduler = scheduler;
    this.reader = reader;
    this.buffer = new BodyBuffer(body.getContentLength());
  }

  /** Asks for as much as there is; called on the working thread. */
  void go() {
    byte[] whole;
    try {
      do {
        if (reader.isCancelled()) {
          throw new IOException("the call was given up while its body was read into memory");
        }
        moved = false;
        body.produce(this);
      } while (moved && !ended);
      if (!ended) {
        if (scheduler.schedule(this::again, AGAIN).isCancelled()) {
          throw new RejectedExecutionException("the scheduler was shut down");
        }
        return;
      }
      whole = buffer.whole();
    } catch (IOException | RuntimeException e) {
      reader.failed(buffer.unreadable(e));
      return;
    }
    reader.read(new BufferedProducer(body, whole, trailers));
  }

  private void again() {
    try {
      scheduler.execute(this::go);
    } catch (RejectedExecutionException e) {
      reader.failed(buffer.unreadable(e));
    }
  }

  @Override
  public void requestOutput() {
    // It is asked again anyway.
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    buffer.write(bytes);
    if (bytes.length > 0) {
      moved = true;
    }
    return bytes.length;
  }

  @Override
  public void endStream() {
    ended = true;
  }

  @Override
  public void endStream(@Nullable List<? extends Header> last) {
    trailers = last;
    ended = true;
  }
}
