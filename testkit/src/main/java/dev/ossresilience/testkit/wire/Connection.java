package dev.ossresilience.testkit.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * An accepted connection that knows whether a request is arriving on it. Its exchange belongs to the one thread that reads the
 * connection; other threads may close the connection, and then leave the exchange alone.
 */
public final class Connection extends Socket {
  /** The connection that a thread last read from; each thread of the server library serves one connection after the other. */
  private static final ThreadLocal<@Nullable Connection> OF_THIS_THREAD = new ThreadLocal<>();

  private final LoopbackSockets owner;
  private @Nullable Arrival exchange;

  public Connection(LoopbackSockets owner) {
    this.owner = owner;
  }

  /**
   * The request arriving on the connection that this thread reads, null if there is none. A thread that accepts connections, or
   * that has just been given one and not read from it yet, has none: the server library asks for policies there too.
   */
  public static @Nullable Arrival arriving() {
    Connection connection = OF_THIS_THREAD.get();
    return connection == null ? null : connection.exchange;
  }

  /** The same at the moment when it has arrived in full. */
  public static @Nullable Arrival arrived() {
    Connection connection = OF_THIS_THREAD.get();
    return connection == null ? null : connection.takeExchange();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count;
        try {
          count = super.read(buffer, offset, length);
        } catch (IOException e) {
          ended();
          throw e;
        }
        if (count < 0) {
          ended();
        } else {
          received(buffer, offset, count);
        }
        return count;
      }
    };
  }

  /** Closes the connection; if that is a fault striking in mid-body, it is noted first, so that no client sees it before the test does. */
  @Override
  public synchronized void close() throws IOException {
    if (OF_THIS_THREAD.get() == this && exchange != null && exchange.cutNow()) {
      owner.cut(exchange);
    }
    super.close();
  }

  private @Nullable Arrival takeExchange() {
    Arrival taken = exchange;
    exchange = null;
    return taken;
  }

  private void received(byte[] buffer, int offset, int count) {
    OF_THIS_THREAD.set(this);
    if (exchange == null) {
      exchange = new Arrival();
    }
    exchange.received(buffer, offset, count);
  }

  /** No more bytes: whatever was arriving never will in full. */
  private void ended() {
    Arrival unfinished = takeExchange();
    if (unfinished != null && !unfinished.isCut()) {
      owner.abandoned(unfinished);
    }
  }
}
