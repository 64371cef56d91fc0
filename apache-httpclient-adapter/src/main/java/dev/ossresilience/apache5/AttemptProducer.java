package dev.ossresilience.apache5;

import dev.ossresilience.crc.Crc64;
import dev.ossresilience.exchange.BodySent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * The body of one attempt: knows how far it got and what its CRC64 was, and can refuse to go out a second time. Once it is retired it gives
 * nothing more, so that the next attempt has the caller's body for itself. Thread-safe. What it knows is guarded by its monitor, under which
 * nothing is asked of the caller's body or of the client; whoever asks the body has its turn, which only the next attempt waits for. A body may
 * write from a thread of its own at any time.
 */
final class AttemptProducer implements AsyncEntityProducer {
  private final AsyncEntityProducer body;
  private final boolean repeatable;
  private final boolean oneShot;
  private final @Nullable Crc64 crc;
  private final ReentrantLock turn = new ReentrantLock();
  private long length;

  /** Threads that are just writing: how much of that goes isn't known yet. */
  private int writers;

  private boolean asked;
  private boolean started;
  private boolean straight = true;
  private boolean ended;
  private boolean rewindIsDue;
  private boolean rewound;
  private boolean retired;

  /**
   * Wraps the caller's body.
   *
   * @param oneShot whether the client must not repeat it, even if it could
   * @param checked whether the CRC64 of what goes out is wanted
   */
  AttemptProducer(AsyncEntityProducer body, boolean oneShot, boolean checked) {
    this.body = body;
    this.repeatable = body.isRepeatable();
    this.oneShot = oneShot || !repeatable;
    this.crc = checked ? new Crc64() : null;
  }

  /** Whether it was asked for anything. */
  synchronized boolean isAsked() {
    return asked;
  }

  /** Whether any of it may have gone out. */
  synchronized boolean isStarted() {
    return started || writers > 0;
  }

  /** Whether all of it was given to the client. */
  synchronized boolean isEnded() {
    return ended;
  }

  /** Whether all of it went out: its end may still be to tell where its length has told it. */
  boolean isWhole() {
    return isWhole(body.getContentLength());
  }

  private synchronized boolean isWhole(long contentLength) {
    awaitWriters();
    return ended || (started && length == contentLength);
  }

  /** Whether all that was asked of it went straight into the message: else nobody knows what became of it, compressed perhaps. */
  synchronized boolean wentStraight() {
    return straight;
  }

  /** What went out, if all of it did and straight into the message. */
  synchronized @Nullable BodySent sent() {
    return ended && straight && crc != null ? new BodySent(length, crc.getValue()) : null;
  }

  /** Gives nothing from now on, except what it is just being asked for. */
  synchronized void retire() {
    retired = true;
  }

  /** Gives nothing from now on; waits for what it is just being asked for, or is writing. */
  void retireWholly() {
    turn.lock();
    try {
      retire();
    } finally {
      turn.unlock();
    }
    awaitWriters();
  }

  /** Briefly: no client waits for anything while it takes what is written. */
  private synchronized void awaitWriters() {
    boolean interrupted = false;
    while (writers > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Retires it if it was never asked for anything; whether it was so. */
  synchronized boolean retireUntouched() {
    retired |= !asked;
    return !asked;
  }

  @Override
  public boolean isRepeatable() {
    return !oneShot;
  }

  @Override
  public int available() {
    return body.available();
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    turn.lock();
    try {
      rewind();
      synchronized (this) {
        requireAlive();
        asked = true;
        if (!isTheClients(channel)) {
          straight = false;
          started = true; // out of sight from here on
        }
      }
      body.produce(new Counting(channel));
    } finally {
      turn.unlock();
      rewindIfDue();
    }
  }

  private void requireAlive() throws IOException {
    if (retired) {
      throw new IOException("this attempt is over");
    }
    if (rewound && oneShot) {
      throw new IOException("this attempt's body was sent before: whether it may be sent again is not for the client to decide");
    }
  }

  /** Only the last link of the client's chain writes to a message. */
  private static boolean isTheClients(DataStreamChannel channel) {
    String name = channel.getClass().getName();
    return name.startsWith("org.apache.hc.client5.http.impl.async.") || name.startsWith("org.apache.hc.core5.http");
  }

  /** Rewinds it: the client is about to repeat it, or is done with it. What can't be repeated is the caller's to release. */
  @Override
  public void releaseResources() {
    synchronized (this) {
      rewindIsDue = true;
    }
    rewindIfDue();
  }

  /** At once, or by whoever has its turn when that is over. */
  private void rewindIfDue() {
    while (isRewindDue() && !turn.isHeldByCurrentThread() && turn.tryLock()) {
      try {
        rewind();
      } finally {
        turn.unlock();
      }
    }
  }

  private synchronized boolean isRewindDue() {
    return rewindIsDue && writers == 0; // else the writer does it, who may be this thread
  }

  private void rewind() {
    synchronized (this) {
      if (!rewindIsDue) {
        return;
      }
      awaitWriters();
      rewindIsDue = false;
      if (retired || !repeatable) {
        return;
      }
      rewound |= asked;
      if (!oneShot && !ended) {
        length = 0;
        if (crc != null) {
          crc.reset();
        }
      }
    }
    body.releaseResources();
  }

  @Override
  public void failed(Exception cause) {
    // Only this attempt has: the caller's body may well be asked for again.
  }

  @Override
  public long getContentLength() {
    return body.getContentLength();
  }

  @Override
  public @Nullable String getContentType() {
    return body.getContentType();
  }

  @Override
  public @Nullable String getContentEncoding() {
    return body.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return body.isChunked();
  }

  @Override
  public @Nullable Set<String> getTrailerNames() {
    return body.getTrailerNames();
  }

  /** Counts what the client takes; a producer may keep it and write later, from a thread of its own. */
  private final class Counting implements DataStreamChannel {
    private final DataStreamChannel channel;

    Counting(DataStreamChannel channel) {
      this.channel = channel;
    }

    @Override
    public void requestOutput() {
      channel.requestOutput();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      ByteBuffer before = source.duplicate();
      synchronized (AttemptProducer.this) {
        requireAlive();
        writers++;
      }
      int count = -1; // unless told otherwise some of it may be gone, and can't be read again
      try {
        count = channel.write(source);
        return count;
      } finally {
        wrote(count, before);
      }
    }

    private void wrote(int count, ByteBuffer before) {
      synchronized (AttemptProducer.this) {
        writers--;
        AttemptProducer.this.notifyAll();
        started |= count != 0;
        if (count > 0) {
          length += count;
          if (crc != null) {
            byte[] bytes = new byte[count];
            before.get(bytes);
            crc.update(bytes, 0, count);
          }
        }
      }
      rewindIfDue();
    }

    @Override
    public void endStream() throws IOException {
      endStream(null);
    }

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) throws IOException {
      synchronized (AttemptProducer.this) {
        requireAlive();
        ended = true; // before the client may answer for it
        started = true; // without a byte, too: a one-shot body that has told its end won't tell it again
      }
      if (trailers == null) {
        channel.endStream();
      } else {
        channel.endStream(trailers);
      }
    }
  }
}
