package dev.ossresilience.apache5;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncDataProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** Reads what a producer gives, on a thread that may block. */
final class BodyReader implements DataStreamChannel {
  /** A producer that waits for something itself is asked again after this. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** One that gives nothing for so long isn't coming back; the working thread is everybody's. */
  private static final int MAX_IDLE_ROUNDS = 2_000;

  private final OutputStream sink;
  private volatile boolean moved;
  private volatile boolean ended;

  private BodyReader(OutputStream sink) {
    this.sink = sink;
  }

  /** Reads all of it; the producer is at its start. */
  static void read(AsyncDataProducer body, OutputStream sink, BooleanSupplier cancelled) throws IOException {
    BodyReader reader = new BodyReader(sink);
    for (int idle = 0; !reader.ended; idle = reader.moved ? 0 : idle + 1) {
      if (idle > MAX_IDLE_ROUNDS || cancelled.getAsBoolean()) {
        throw new IOException("the body could not be read again");
      }
      if (idle > 0) {
        LockSupport.parkNanos(AGAIN_NANOS);
      }
      reader.moved = false;
      body.produce(reader);
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
    sink.write(bytes);
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
  public void endStream(@Nullable List<? extends Header> trailers) {
    ended = true;
  }
}
