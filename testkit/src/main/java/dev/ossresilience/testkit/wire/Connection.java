package dev.ossresilience.testkit.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An accepted connection that knows which request is arriving on it. One thread reads it and asks; other threads may only close it.
 */
final class Connection extends Socket {
  /** The connection that a thread last read from; each thread of the server library serves one connection after the other. */
  private static final ThreadLocal<@Nullable Connection> OF_THIS_THREAD = new ThreadLocal<>();

  private final Admission admission;
  private @Nullable RequestStream requests;

  Connection(Admission admission) {
    this.admission = admission;
  }

  /**
   * The request arriving on the connection that this thread reads, null if there is none. A thread that accepts connections, or
   * that has just been given one and not read from it yet, has none: the server library asks for policies there too.
   */
  static @Nullable Arrival arriving() {
    Connection connection = OF_THIS_THREAD.get();
    return connection == null || connection.requests == null ? null : connection.requests.arriving();
  }

  /** The requests of the connection that this thread reads, at a moment when there is one. */
  static RequestStream ofThisThread() {
    Connection connection = Objects.requireNonNull(OF_THIS_THREAD.get(), "a request has come on some connection");
    return Objects.requireNonNull(connection.requests, "something was read from it");
  }

  /** Makes this the connection of the calling thread. */
  void isRead() {
    OF_THIS_THREAD.set(this);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (requests == null) {
      requests = new RequestStream(this, super.getInputStream(), admission);
    }
    return requests;
  }

  /** Ends it so that the client sees a reset, not an orderly end: unsent and unread bytes are dropped (RFC 9293, 3.10.7.4). */
  void reset() throws IOException {
    setSoLinger(true, 0);
    close();
  }
}
