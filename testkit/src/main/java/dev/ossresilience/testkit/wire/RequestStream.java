package dev.ossresilience.testkit.wire;

import dev.ossresilience.testkit.fault.EarlyAnswerFault;
import dev.ossresilience.testkit.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on a connection, cut into requests. The server library shows a request only when all of it is there, and leaves
 * clients hanging whose requests it can't read; so heads are read here first, faults that strike early strike here, and what is
 * malformed goes no further. Used by the connection's own thread alone.
 */
final class RequestStream extends InputStream {
  /** More than any client's head has. */
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private static final int READ_BYTES = 8 * 1024;
  private static final ByteString CRLF = ByteString.encodeUtf8("\r\n");
  private static final ByteString END = ByteString.encodeUtf8("\r\n\r\n");

  /** Ends of a head whose lines end in a line feed alone; there is no use in waiting for the right end then. */
  private static final List<ByteString> WRONG_ENDS = List.of(ByteString.encodeUtf8("\n\n"), ByteString.encodeUtf8("\n\r\n"));

  private final Connection connection;
  private final InputStream raw;
  private final Admission admission;
  private final byte[] scrap = new byte[READ_BYTES];

  /** Read from the connection, not yet handed on. */
  private final Buffer ahead = new Buffer();

  /** The head being handed on. */
  private final Buffer head = new Buffer();

  private @Nullable Arrival arriving;
  private Chunks chunks = new Chunks();
  private long bodyBytes;

  RequestStream(Connection connection, InputStream raw, Admission admission) {
    this.connection = connection;
    this.raw = raw;
    this.admission = admission;
  }

  @Nullable Arrival arriving() {
    return arriving;
  }

  /** The request has arrived in full; what comes next is another one. */
  @Nullable Arrival taken() {
    Arrival taken = arriving;
    arriving = null;
    return taken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      if (arriving == null && !next()) {
        return -1;
      }
      if (!head.exhausted()) {
        return head.read(buffer, offset, length);
      }
      return arriving == null ? -1 : body(arriving, buffer, offset, length);
    } catch (IOException e) {
      abandoned();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  /** Waits until the client goes away or somebody closes the connection. */
  void awaitEnd() {
    try {
      while (raw.read(scrap) >= 0) {
        // more requests, which nobody will answer
      }
    } catch (IOException e) {
      // closed, which is what this waits for
    }
  }

  /** Waits in real time; false as soon as the client goes away or somebody closes the connection. */
  boolean staysFor(Duration delay) throws IOException {
    long end = System.nanoTime() + delay.toNanos();
    try {
      for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
        connection.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        int count = raw.read(scrap);
        if (count < 0) {
          return false;
        }
        ahead.write(scrap, 0, count);
      }
    } catch (SocketTimeoutException e) {
      // nothing came, and nobody left
    } catch (IOException e) {
      return false;
    }
    connection.setSoTimeout(0);
    return true;
  }

  /** Reads the head of the next request; false if there is none to hand on. */
  private boolean next() throws IOException {
    connection.isRead();
    skipEmptyLines();
    long end = ahead.indexOf(END);
    while (end < 0 && !isHopeless()) {
      int count = raw.read(scrap);
      if (count < 0) {
        arriving = ahead.exhausted() ? null : new Arrival(Head.parse(ahead.readByteArray()), Fault.none());
        abandoned();
        return false;
      }
      ahead.write(scrap, 0, count);
      skipEmptyLines();
      end = ahead.indexOf(END);
    }
    byte[] bytes = end < 0 ? ahead.readByteArray() : ahead.readByteArray(end + END.size());
    Head parsed = Head.parse(bytes);
    if (end < 0 || parsed.wrong() != null) {
      reject(new Arrival(parsed, Fault.none()), end < 0 ? "a head without an end" : String.valueOf(parsed.wrong()));
      return false;
    }
    return admit(new Arrival(parsed, admission.draw()), bytes);
  }

  /** Some clients write an empty line after a body, where the next head begins (RFC 9112, 2.2). */
  private void skipEmptyLines() throws IOException {
    while (ahead.rangeEquals(0, CRLF)) {
      ahead.skip(CRLF.size());
    }
  }

  private boolean isHopeless() throws IOException {
    return ahead.size() > MAX_HEAD_BYTES || ahead.indexOf(WRONG_ENDS.get(0)) >= 0 || ahead.indexOf(WRONG_ENDS.get(1)) >= 0;
  }

  private boolean admit(Arrival arrival, byte[] bytes) throws IOException {
    if (arrival.fault().equals(Fault.refuseConnection()) || arrival.fault().equals(Fault.resetBeforeBody())) {
      admission.unfinished(arrival.unfinished(0, 0, arrival.fault()), arrival.fault()); // first, so that no client is ahead of the count
      connection.reset();
      return false;
    }
    if (arrival.fault() instanceof EarlyAnswerFault early && arrival.head().hasBody()) {
      admission.unfinished(arrival.unfinished(0, early.status(), early), early);
      LastAnswer answer = new LastAnswer(admission.early(arrival.head(), early));
      if (early.code().isEmpty()) {
        answer.sendAndLeave(connection);
      } else {
        answer.send(connection, raw);
      }
      return false;
    }
    arriving = arrival;
    chunks = new Chunks();
    bodyBytes = 0;
    head.write(bytes);
    return true;
  }

  private int body(Arrival arrival, byte[] buffer, int offset, int length) throws IOException {
    if (arrival.fault().equals(Fault.dropMidBody())) {
      return cut(arrival);
    }
    boolean chunked = arrival.head().chunked();
    long left = chunked ? length : Math.min(length, arrival.head().contentLength() - bodyBytes);
    if (left == 0 || chunks.isAtEnd()) {
      return -1; // the library knows as well as we do that there is no more
    }
    int count = pull(buffer, offset, (int) left);
    if (count < 0) {
      abandoned();
    } else if (chunked) {
      int taken = chunks.take(buffer, offset, count);
      if (chunks.isWrong()) {
        reject(arrival, "a chunk that can't be read");
        return -1;
      }
      giveBack(buffer, offset + taken, count - taken);
      count = taken;
    }
    bodyBytes += Math.max(0, count);
    return count;
  }

  /** Reads half of the body, at least a byte, and ends the connection. */
  private int cut(Arrival arrival) throws IOException {
    long half = Math.max(1, arrival.head().contentLength() / 2);
    while (bodyBytes < half) {
      int count = pull(scrap, 0, (int) Math.min(scrap.length, half - bodyBytes));
      if (count < 0) {
        abandoned();
        return -1;
      }
      bodyBytes += count;
    }
    arriving = null;
    admission.unfinished(arrival.unfinished(bodyBytes, 0, arrival.fault()), arrival.fault());
    connection.close();
    return -1;
  }

  private int pull(byte[] buffer, int offset, int length) throws IOException {
    return ahead.exhausted() ? raw.read(buffer, offset, length) : ahead.read(buffer, offset, length);
  }

  private void giveBack(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      Buffer rest = new Buffer();
      rest.writeAll(ahead);
      ahead.write(bytes, offset, length).writeAll(rest);
    }
  }

  /** No more bytes: whatever was arriving never will in full. */
  private void abandoned() {
    Arrival unfinished = taken();
    if (unfinished != null) {
      admission.unfinished(unfinished.unfinished(0, 0, null), null);
    }
  }

  private void reject(Arrival arrival, String wrong) throws IOException {
    arriving = null;
    admission.unfinished(arrival.unfinished(0, 400, null), null);
    new LastAnswer(admission.malformed(arrival.head(), wrong)).send(connection, raw);
  }
}
