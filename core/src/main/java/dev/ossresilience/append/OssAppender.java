package dev.ossresilience.append;

import dev.ossresilience.crc.IntegrityException;
import dev.ossresilience.error.OssError;
import dev.ossresilience.http.ResponseHead;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one object, one call after the other, and keeps where it ends. Made by {@code OssAppenders} of a client's module. Thread-safe;
 * calls wait for each other, since an append can only follow the one before.
 *
 * <pre>{@code
 * OssAppender log = OssAppenders.open(client, oss, "logs", "app.log"); // after a crash too: log.position() tells what is there
 * long begins = log.append(record);
 * }</pre>
 *
 * <p>Whether other writers' bytes may come in between is the {@link dev.ossresilience.policy.AppendPolicy}'s decision.
 */
public final class OssAppender {
  /** How requests for the object get to OSS: a client with this library in place, which signs, repeats and recovers them. */
  @FunctionalInterface
  public interface Transport {
    /**
     * Makes one call.
     *
     * @param query raw, without a question mark; empty for none
     * @param body null for a HEAD
     */
    Reply send(String method, String query, byte @Nullable [] body) throws IOException;
  }

  /**
   * A response without its body.
   *
   * @param error null for a success
   */
  public record Reply(ResponseHead head, @Nullable OssError error) {}

  private final Transport transport;
  private final String object;

  /** Not a monitor, which would keep a virtual thread on its carrier for as long as a call takes, before JDK 24. */
  private final Lock lock = new ReentrantLock();

  private long position;
  private @Nullable Long crc64;
  private boolean inDoubt;

  private OssAppender(Transport transport, String object) {
    this.transport = transport;
    this.object = object;
  }

  /**
   * For clients' modules: finds out where the object ends.
   *
   * @param object how messages call it
   * @throws AppendRefusedException if it exists and can't be appended to, or OSS answered with an error
   * @throws IOException if OSS could not be asked
   */
  public static OssAppender open(Transport transport, String object) throws IOException {
    OssAppender appender = new OssAppender(Objects.requireNonNull(transport, "transport"), object);
    appender.reopen();
    return appender;
  }

  /**
   * Appends {@code bytes} as a whole.
   *
   * @return where they begin in the object; they end at {@link #position}
   * @throws AppendRefusedException if OSS refused them: nothing of them is stored, and one may try again
   * @throws AmbiguousAppendException if it can't be known whether they are stored; or another exception that has one attached, if the call
   *     was cancelled or interrupted. Nothing more is appended before {@link #reopen}
   * @throws IntegrityException if other bytes are stored than these; nothing more is appended before {@link #reopen}
   * @throws IOException of any other kind: nothing of them is stored, and one may try again
   * @throws RuntimeException from the client, which should throw none: nothing more is appended before {@link #reopen}
   * @throws IllegalStateException if the outcome of the append before is unknown
   */
  public long append(byte[] bytes) throws IOException {
    Objects.requireNonNull(bytes, "bytes");
    lock.lock();
    try {
      if (inDoubt) {
        throw new IllegalStateException(
            "it isn't known whether the last append to " + object + " is stored: call reopen(), compare what is there, and append what is missing");
      }
      return appendNow(bytes);
    } finally {
      lock.unlock();
    }
  }

  private long appendNow(byte[] bytes) throws IOException {
    inDoubt = true; // until something says otherwise
    Reply reply;
    try {
      reply = transport.send("POST", "append&position=" + position, bytes);
    } catch (IOException e) {
      inDoubt = AmbiguousAppendException.in(e) != null || e instanceof IntegrityException;
      throw e;
    }
    Long next = ServerNumbers.nextPosition(reply.head());
    if (reply.error() != null) {
      inDoubt = false;
      throw new AppendRefusedException(object, position, reply.error(), next);
    }
    if (next == null || next < position + bytes.length) { // which the library below takes for a success of nobody's
      throw new IOException("the append to " + object + " was answered without the position that follows");
    }
    position = next;
    crc64 = ServerNumbers.crc(reply.head().header("x-oss-hash-crc64ecma"));
    inDoubt = false;
    return next - bytes.length;
  }

  /**
   * Asks where the object ends now and goes on from there: after a doubt, or because others append to it too. What lies before that is the
   * caller's to look at.
   *
   * @throws AppendRefusedException if it exists and can't be appended to, or OSS answered with an error
   * @throws IOException if OSS could not be asked
   */
  public void reopen() throws IOException {
    lock.lock();
    try {
      reopenNow();
    } finally {
      lock.unlock();
    }
  }

  private void reopenNow() throws IOException {
    Reply reply = transport.send("HEAD", "", null);
    OssError error = reply.error();
    if (error != null && error.status() == 404 && !"NoSuchBucket".equals(error.code())) {
      position = 0;
      crc64 = 0L;
    } else if (error != null) {
      throw new AppendRefusedException(object, 0, error, null);
    } else {
      Long end = ServerNumbers.nextPosition(reply.head());
      if (end == null) {
        throw AppendRefusedException.notAppendable(object);
      }
      position = end;
      crc64 = ServerNumbers.crc(reply.head().header("x-oss-hash-crc64ecma"));
    }
    inDoubt = false;
  }

  /** Where the next append goes: the object's length in bytes as far as is known, 0 if there is no object. */
  public long position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  /** The CRC64 of the object up to {@link #position}, null if OSS didn't tell; to be read as unsigned. */
  public @Nullable Long crc64() {
    lock.lock();
    try {
      return crc64;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "OssAppender[" + object + "]";
  }
}
